import { CooperativeVerifiedV1, event } from '@idxcoop/contracts';
import { makeEnvelope, MessagingCollections, Publisher } from '@idxcoop/messaging';
import { newId } from '@idxcoop/platform';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { eventually } from '../../../../test/support/eventually';
import { type StartedService, startService } from '../../../../test/support/start-service';
import { OnboardingModule } from '../onboarding.module';
import { WebhookDelivery, WebhookEndpoint } from '../partners/webhook.schema';
import { TellPartnersConsumer } from './tell-partners.consumer';

describe(TellPartnersConsumer.name, () => {
  let service: StartedService;
  let deliveries: Model<WebhookDelivery>;
  const time = new Date('2026-03-02T03:00:00.000Z');
  const at = time.toISOString();
  const place = { type: 'service', form: 'primary', regionCode: '12.71' } as const;
  const verified = () =>
    event(CooperativeVerifiedV1, { cooperativeId: newId(), ...place, effectiveOn: at, knownAt: at });

  beforeAll(async () => {
    const config = { retryTiers: [300, 300, 300, 300] };
    service = await startService(OnboardingModule, { roles: ['api', 'events'], config });
    const model = <T>(name: string) => service.app.get<Model<T>>(getModelToken(name), { strict: false });
    deliveries = model<WebhookDelivery>(WebhookDelivery.name);
    const listening = { partnerId: newId(), types: ['cooperative.verified' as const], secret: 'x', createdAt: time };
    await model<WebhookEndpoint>(WebhookEndpoint.name).insertMany([
      { ...listening, _id: newId(), url: 'https://a.example' },
      { ...listening, _id: newId(), url: 'https://b.example' },
      { ...listening, _id: newId(), url: 'https://c.example', types: ['website.came_up' as const] },
    ]);
  });
  afterAll(() => service?.close());

  it('changes nothing when the event is redelivered, even where the inbox knows it no more', async () => {
    const fact = verified();
    const id = newId();
    const consume = () =>
      service.mongo.transaction((session) =>
        service.get(TellPartnersConsumer).on(fact, { id, type: CooperativeVerifiedV1.event, time, session } as never),
      );
    await consume();
    const told = await deliveries.find({ eventId: id }).lean();
    expect(told).toHaveLength(2);
    await consume();
    expect(await deliveries.find({ eventId: id }).lean()).toEqual(told);
  });

  it('leaves the message for later when it fails', async () => {
    const { db } = service.mongo.connection;
    const refuse = (validator: object) => db?.command({ collMod: 'webhook_deliveries', validator });
    await refuse({ $jsonSchema: { required: ['nothing has this'] } });
    const id = newId();
    const data = verified();
    const about = { id, time, partitionKey: data.cooperativeId, sequence: 1 };
    const envelope = makeEnvelope({ ...about, contract: CooperativeVerifiedV1, data, service: 'onboarding' });
    const body = Buffer.from(JSON.stringify(envelope));
    // The publisher connects after the start.
    await eventually(() => service.get(Publisher).publish({ id, type: CooperativeVerifiedV1.event, body }));
    const { retries } = service.get(MessagingCollections);
    await eventually(async () => expect(await retries.countDocuments({ eventId: id })).toBe(1));
    expect(await deliveries.countDocuments({ eventId: id })).toBe(0);
    await refuse({});
    await eventually(async () => expect(await deliveries.countDocuments({ eventId: id })).toBe(2));
  });
});
