import { signUp, signUpVerified } from '../../../../test/support/sign-up';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { ShowStatusController } from './show-status.controller';

describe(ShowStatusController.name, () => {
  let service: StartedService;

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
  });
  afterAll(() => service?.close());

  it('says where a new registration stands, with one deadline and one next step', async () => {
    const { id, statusUrl, statusToken, verifications } = await signUp(service);
    const { body } = await service.http.get(statusUrl).auth(statusToken, { type: 'bearer' }).expect(200);
    expect(body).toMatchObject({
      id,
      registration: 'draft',
      entity: 'active',
      activity: 'never',
      stages: { registration: { state: 'draft', history: [{ state: 'draft', effectiveOn: expect.any(String) }] } },
      requirements: { currentlyDue: ['verifiedContact'], satisfied: ['legalEntityNumber', 'nikKoperasi', 'website'] },
      deadline: { at: expect.any(String), requirement: 'verifiedContact' },
      nextStep: { code: 'confirm_contact', text: expect.stringContaining('Konfirmasikan') },
    });
    expect(body.verifications).toEqual(expect.arrayContaining(verifications));
    expect(JSON.stringify(body)).not.toMatch(/Siti|@|812/);
  });

  it('speaks English to those who ask for it', async () => {
    const { statusUrl, statusToken } = await signUpVerified(service);
    const { body } = await service.http
      .get(statusUrl)
      .auth(statusToken, { type: 'bearer' })
      .set('Accept-Language', 'en');
    expect(body.nextStep).toEqual({ code: 'submit', text: expect.stringContaining('Submit') });
  });

  it('opens from the link of a message, as a page in a browser', async () => {
    const { statusUrl, statusToken } = await signUp(service);
    const page = await service.http
      .get(statusUrl)
      .query({ token: statusToken })
      .set('Accept', 'text/html,*/*')
      .expect(200);
    expect(page.headers['content-type']).toMatch(/html/);
    expect(page.text).toContain('Draf');
  });

  it('opens for its own token only', async () => {
    const { statusUrl } = await signUp(service);
    const other = await signUp(service);
    await service.http.get(statusUrl).expect(401);
    await service.http.get(statusUrl).auth('nonsense', { type: 'bearer' }).expect(401);
    await service.http.get(statusUrl).auth(other.statusToken, { type: 'bearer' }).expect(403);
    await service.http
      .get(statusUrl)
      .auth(await service.token({ roles: ['officer'] }), { type: 'bearer' })
      .expect(403);
  });
});
