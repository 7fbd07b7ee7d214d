import { CooperativeRegisteredV1, CooperativeVerifiedV1, event } from '@idxcoop/contracts';
import { MessagingCollections, makeEnvelope, Publisher } from '@idxcoop/messaging';
import { newId } from '@idxcoop/platform';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { eventually } from '../../../../test/support/eventually';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { ContentIndexingModule } from '../content-indexing.module';
import { KnownCooperative } from './known-cooperative.schema';
import { RememberCooperativeConsumer } from './remember-cooperative.consumer';

describe(RememberCooperativeConsumer.name, () => {
  let service: StartedService;
  let cooperatives: Model<KnownCooperative>;

  beforeAll(async () => {
    service = await startService(ContentIndexingModule, { config: { retryTiers: [300, 300, 300, 300] } });
    cooperatives = service.app.get<Model<KnownCooperative>>(getModelToken(KnownCooperative.name), { strict: false });
  });
  afterAll(() => service?.close());

  const fact = (cooperativeId: string, regionCode: string) => {
    const now = new Date().toISOString();
    return { cooperativeId, type: 'producer', form: 'primary', regionCode, effectiveOn: now, knownAt: now } as const;
  };
  const consume = (sequence: number, fields: ReturnType<typeof fact>) =>
    service.mongo.transaction((session) =>
      service.get(RememberCooperativeConsumer).on(event(CooperativeVerifiedV1, fields), { sequence, session } as never),
    );

  /** Publishes as onboarding would. */
  const announce = async (fields: ReturnType<typeof fact>, id = newId()) => {
    const registered = event(CooperativeRegisteredV1, { ...fields, origin: 'self' });
    const about = { id, time: new Date(), partitionKey: fields.cooperativeId, sequence: 1 };
    const envelope = makeEnvelope({
      ...about,
      contract: CooperativeRegisteredV1,
      data: registered,
      service: 'onboarding',
    });
    const body = Buffer.from(JSON.stringify(envelope));
    // The publisher connects after the start.
    await eventually(() => service.get(Publisher).publish({ id, type: CooperativeRegisteredV1.event, body }));
    return id;
  };

  it('remembers type, form and province, and nothing else', async () => {
    const id = newId();
    await announce(fact(id, '12.71.05.1003'));
    await eventually(async () =>
      expect(await cooperatives.findById(id).lean()).toEqual({
        _id: id,
        type: 'producer',
        form: 'primary',
        provinceCode: '12',
        sequence: 1,
      }),
    );
  });

  it('changes nothing when the event is redelivered or older than what is known', async () => {
    const id = newId();
    await consume(5, fact(id, '33.01'));
    await consume(5, fact(id, '11.01'));
    await consume(2, fact(id, '11.01'));
    expect(await cooperatives.findById(id).lean()).toMatchObject({ provinceCode: '33', sequence: 5 });
    await consume(6, fact(id, '34.71'));
    expect(await cooperatives.findById(id).lean()).toMatchObject({ provinceCode: '34', sequence: 6 });
  });

  it('leaves the message for later when it fails', async () => {
    const { db } = service.mongo.connection;
    await db?.command({
      collMod: 'known_cooperatives',
      validator: { $jsonSchema: { required: ['nothing has this'] } },
    });
    const id = newId();
    const eventId = await announce(fact(id, '12.71'));
    const { retries } = service.get(MessagingCollections);
    await eventually(async () => expect(await retries.countDocuments({ eventId })).toBe(1));
    await db?.command({ collMod: 'known_cooperatives', validator: {} });
    await eventually(async () => expect(await cooperatives.findById(id).lean()).not.toBeNull());
  });
});
