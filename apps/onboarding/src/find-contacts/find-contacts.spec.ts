import { Tokens } from '@idxcoop/platform';
import { aSignUp, signUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { FindContactsController } from './find-contacts.controller';

describe(FindContactsController.name, () => {
  let service: StartedService;
  let internal: string;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    internal = await service.get(Tokens).forService('notifications');
  });
  afterAll(() => service?.close());

  const find = (phone: unknown, token = internal) =>
    service.http.post('/internal/contacts/lookup').auth(token, { type: 'bearer' }).send({ phone });
  const number = () => `0812${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;

  const verified = (phone: string, language = 'id') => signUpVerified(service, aSignUp({}, { phone, language }));

  it('finds verified contacts of a number however it is written, with ids and language only', async () => {
    const phone = number();
    const first = await verified(phone, 'en');
    const second = await verified(phone);
    const { body } = await find(`+62${phone.slice(1)}`).expect(200);
    expect(body.items).toEqual([
      { contactId: expect.any(String), cooperativeId: second.id, language: 'id' },
      { contactId: expect.any(String), cooperativeId: first.id, language: 'en' },
    ]);
    expect((await find(phone).expect(200)).body).toEqual(body);
  });

  it('finds nobody who has not verified, and no number that nobody gave', async () => {
    const phone = number();
    await signUp(service, aSignUp({}, { phone }));
    expect((await find(phone).expect(200)).body).toEqual({ items: [] });
    expect((await find(number()).expect(200)).body).toEqual({ items: [] });
  });

  it.each(['021 500 000', '+12025550123', '+999', 'x'])(
    'finds nobody behind %s, which is no mobile number',
    async (phone) => {
      expect((await find(phone).expect(200)).body).toEqual({ items: [] });
    },
  );

  it('answers services alone', async () => {
    await find(number(), await service.token({ roles: ['ministry'] })).expect(401);
    await service.http.post('/internal/contacts/lookup').send({ phone: number() }).expect(401);
    await find(undefined).expect(422);
  });
});
