import {
  ApplicationSubmittedV1,
  ContactVerifiedV1,
  CooperativeRegisteredV1,
  CooperativeVerifiedV1,
  event,
} from '@idxcoop/contracts';
import { newId } from '@idxcoop/platform';
import { cooperative, startReporting } from '../../../../test/support/reporting';
import { ReadStatisticsController } from './read-statistics.controller';

describe(ReadStatisticsController.name, () => {
  let reporting: Awaited<ReturnType<typeof startReporting>>;

  beforeAll(async () => {
    reporting = await startReporting();
    const at = (day: string) => ({ effectiveOn: `${day}T03:00:00.000Z`, knownAt: `${day}T03:00:00.000Z` });
    const [medan, bandung, other] = [
      cooperative({ regionCode: '12.71.05.1003' }),
      cooperative({ regionCode: '32.73', type: 'producer' }),
      cooperative({ regionCode: '12' }),
    ];
    await reporting.learn([
      ...[medan, bandung, other].map((one) =>
        event(CooperativeRegisteredV1, { ...one, origin: 'self', ...at('2020-10-01') }),
      ),
      event(ContactVerifiedV1, {
        ...medan,
        contactId: newId(),
        flowId: newId(),
        channel: 'email',
        language: 'id',
        first: true,
        ...at('2020-10-02'),
      }),
      event(ApplicationSubmittedV1, { ...medan, reviewCaseId: newId(), ...at('2020-10-03') }),
      event(CooperativeVerifiedV1, { ...medan, ...at('2020-10-04') }),
      event(ApplicationSubmittedV1, { ...bandung, reviewCaseId: newId(), ...at('2020-10-04') }),
    ]);
  });
  afterAll(() => reporting.close());

  const read = async (query: object) => (await reporting.http.get('/v1/statistics').query(query).expect(200)).body;

  it('counts each stage with those that reached a later one, by province and type', async () => {
    const medan = { registered: 2, contactVerified: 1, submitted: 1, verified: 1, active: 0, joined: 1 };
    const bandung = { registered: 1, contactVerified: 1, submitted: 1, verified: 0, active: 0, joined: 0 };
    expect(await read({ asOf: '2020-10-31' })).toMatchObject({
      stages: { registered: 3, contactVerified: 2, submitted: 2, verified: 1, active: 0, joined: 1 },
      byProvince: [
        { code: '12', name: 'Sumatera Utara', stages: medan },
        { code: '32', name: 'Jawa Barat', stages: bandung },
      ],
      byType: [
        { type: 'consumer', stages: medan },
        { type: 'producer', stages: bandung },
      ],
    });
  });

  it('answers in both times and for one area or type', async () => {
    expect((await read({ asOf: '2020-10-03' })).stages).toMatchObject({
      registered: 3,
      contactVerified: 1,
      verified: 0,
    });
    expect((await read({ asOf: '2020-10-31', knownAt: '2020-10-02' })).stages).toMatchObject({
      registered: 3,
      submitted: 0,
    });
    expect((await read({ area: '12.71' })).stages.registered).toBe(1);
    expect((await read({ type: 'producer' })).stages.registered).toBe(1);
    expect((await reporting.http.get('/v1/statistics?area=99').expect(422)).body.errors[0].code).toBe('unknown_region');
  });
});
