import { Tokens } from '@idxcoop/platform';
import { aSignUp, signUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { ListReachablePeopleController } from './list-reachable-people.controller';

interface Item {
  cooperativeId: string;
  contacts: { channel: string }[];
}

describe(ListReachablePeopleController.name, () => {
  let service: StartedService;
  let internal: string;
  let reached: { id: string };
  let elsewhere: { id: string };

  async function list(query = ''): Promise<Item[]> {
    const items: Item[] = [];
    let cursor = '';
    do {
      const { body } = await service.http
        .get(`/internal/reachable-people?limit=2${query}${cursor && `&cursor=${cursor}`}`)
        .auth(internal, { type: 'bearer' })
        .expect(200);
      items.push(...(body.items as Item[]));
      cursor = body.nextCursor ?? '';
    } while (cursor);
    return items;
  }

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    internal = await service.get(Tokens).forService('notifications');
    reached = await signUpVerified(service, aSignUp({ regionCode: '12.71.05.1003', type: 'producer' }));
    elsewhere = await signUpVerified(service, aSignUp({ regionCode: '32.73', type: 'savings_loan' }));
    await signUpVerified(
      service,
      aSignUp({ consent: { version: '2020-10', purposes: ['service'], channels: ['email', 'whatsapp'] } }),
    );
    await signUp(service);
  });
  afterAll(() => service?.close());

  it('lists who verified a contact and agreed to announcements there, page by page', async () => {
    const items = await list();
    expect(items.map(({ cooperativeId }) => cooperativeId).sort()).toEqual([reached.id, elsewhere.id].sort());
    for (const { contacts } of items)
      expect(contacts).toEqual([
        { channel: 'whatsapp', contactId: expect.any(String), addressHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ]);
    expect(JSON.stringify(items)).not.toMatch(/Siti|@|\+62/);
  });

  it.each([
    ['&regions=12', 'reached'],
    ['&regions=12.71,99', 'reached'],
    ['&regions=32.73', 'elsewhere'],
    ['&types=savings_loan', 'elsewhere'],
    ['&registrations=verified', 'nobody'],
    ['&regions=1', 'refused'],
  ])('narrows them by %s to %s', async (query, who) => {
    if (who === 'refused') {
      await service.http
        .get(`/internal/reachable-people?${query.slice(1)}`)
        .auth(internal, { type: 'bearer' })
        .expect(422);
      return;
    }
    const expected = { reached: [reached.id], elsewhere: [elsewhere.id], nobody: [] }[who];
    expect((await list(query)).map(({ cooperativeId }) => cooperativeId)).toEqual(expected);
  });
});
