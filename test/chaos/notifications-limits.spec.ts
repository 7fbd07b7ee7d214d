import { DELIVER_QUEUE, Messages, wakeupOf } from '../../apps/notifications/src/message/messages';
import type { Message } from '../../apps/notifications/src/message/message.schema';
import { settingsOf } from '../../apps/notifications/src/workflow/workflows';
import { Jobs, loadConfig, newId } from '@idxcoop/platform';
import { eventually } from '../support/eventually';
import { startNotifications } from '../support/notifications';
import { Child } from './fixtures/child';
import { mostWithin, startReceiver } from './fixtures/receiver';
import { figure, isFull } from './fixtures/scale';

const MESSAGES = 10_000;
const PROCESSES = 4;
const RATE = 80;
const CODE_EVERY = 250;
const LEAST_USE = 0.98;
/** Processes that have just started run slower than those that have been at it. */
const WARM_UP = 30 * PROCESSES;

jest.setTimeout(400_000);

// Beside other tests a receiver looks late at its clock, so this is for a run that has the machine for itself: `npm run chaos`.
(isFull ? describe : describe.skip)(
  `notifications: ${MESSAGES} messages to the many and the limits of one number`,
  () => {
    let planner: Awaited<ReturnType<typeof startNotifications>>;
    let receiver: Awaited<ReturnType<typeof startReceiver>>;
    let workers: Child[] = [];

    beforeAll(async () => {
      receiver = await startReceiver();
      planner = await startNotifications({ roles: ['api', 'events'] });
      workers = Array.from({ length: PROCESSES }, () => startWorker());
      await Promise.all(workers.map((worker) => worker.said('ready')));
    });
    afterAll(async () => {
      for (const worker of workers) await worker.end('SIGKILL');
      await planner?.close();
      await receiver?.stop();
    });

    function startWorker(): Child {
      const { config, stores } = planner.service;
      return new Child({ kind: 'deliver' }, stores, {
        ...planner.providers.env,
        WHATSAPP_API_URL: `${receiver.url}/v23.0`,
        WHATSAPP_RATE: String(RATE),
        ROLES: 'jobs',
        ONBOARDING_URL: config.onboardingUrl,
        PUBLIC_URL: config.publicUrl,
        SMTP_FROM: config.smtpFrom,
        PORT: '0',
        AUTH_JWKS: config.authJwks,
        SERVICE_SECRET: loadConfig().serviceSecret,
      });
    }

    /** What is to go to so many, all at once; answers their numbers. */
    async function queueBulk(count: number): Promise<Set<string>> {
      const now = new Date();
      const people = Array.from({ length: count }, () => planner.contact('whatsapp'));
      const messages = people.map(({ contactId }) => ({
        ...settingsOf('welcome', now),
        _id: newId(),
        sequence: 0,
        cause: newId(),
        template: 'welcome' as const,
        channel: 'whatsapp' as const,
        language: 'id' as const,
        recipientKind: 'contact' as const,
        recipientId: contactId,
        details: {},
        lane: 'bulk' as const,
        state: 'planned' as const,
        history: [{ state: 'planned' as const, at: now }],
        attempt: 0,
        refusals: 0,
        dueAt: now,
        plannedAt: now,
      }));
      const collection = planner.service.mongo.connection.collection<Message>('messages');
      for (let at = 0; at < count; at += 500) {
        const some = messages.slice(at, at + 500);
        await collection.insertMany(some);
        await planner.service.get(Jobs).wakeAll(DELIVER_QUEUE, some.map(wakeupOf));
      }
      return new Set(people.map(({ address }) => address.slice(1)));
    }

    /** Waits until all of them were written to; answers everything that arrived. */
    const reached = (numbers: Set<string>) =>
      eventually(
        async () => {
          const arrived = await receiver.arrivals();
          expect(new Set(arrived.map(([, to]) => to).filter((to) => numbers.has(to))).size).toBe(numbers.size);
          return arrived;
        },
        (numbers.size / RATE) * 2_000 + 20_000,
      );

    /** A person asks for a code; answers their number and when. */
    async function askForCode(): Promise<{ to: string; at: number }> {
      const { contactId, address } = planner.contact('whatsapp');
      const at = performance.timeOrigin + performance.now();
      await planner.service.mongo.transaction((session) =>
        planner.service.get(Messages).plan(
          {
            ...settingsOf('verification', new Date()),
            cause: newId(),
            template: 'verification',
            channel: 'whatsapp',
            language: 'id',
            recipientKind: 'contact',
            recipientId: contactId,
            details: { flowId: newId(), sendNumber: 1 },
          },
          session,
        ),
      );
      return { to: address.slice(1), at };
    }

    it(`lets ${PROCESSES} processes send ${RATE} in no second more and hardly less, and codes before all`, async () => {
      await reached(await queueBulk(WARM_UP));
      const many = await queueBulk(MESSAGES);
      const queuedAt = performance.timeOrigin + performance.now();
      const codes: { to: string; at: number }[] = [];
      const asking = setInterval(() => void askForCode().then((code) => codes.push(code)), CODE_EVERY);
      const arrivals = await reached(many).finally(() => clearInterval(asking));

      const times = arrivals.map(([at]) => at);
      const bulk = arrivals.filter(([, to]) => many.has(to)).map(([at]) => at);
      const first = Math.min(...bulk.filter((at) => at >= queuedAt));
      const last = Math.max(...bulk);
      const during = times.filter((at) => at >= first && at <= last).length;
      const use = (during - 1) / ((last - first) / 1000) / RATE;
      const most = mostWithin(1_000, times);
      const byNumber = new Map(arrivals.map(([at, to]) => [to, at]));
      const waits = codes.flatMap(({ to, at }) => (byNumber.get(to) ?? at) - at).sort((a, b) => a - b);
      const p95 = waits[Math.floor(waits.length * 0.95)] ?? 0;
      figure(
        `${during} messages by ${PROCESSES} processes in ${((last - first) / 1000).toFixed(1)} s: at most ${most} in any second, ${(use * 100).toFixed(1)} % of ${RATE}/s used, codes after ${Math.round(waits[waits.length >> 1] ?? 0)} ms (median), ${Math.round(p95)} ms (p95), ${Math.round(waits.at(-1) ?? 0)} ms (worst of ${waits.length})`,
      );
      expect(most).toBeLessThanOrEqual(RATE);
      expect(use).toBeGreaterThanOrEqual(LEAST_USE);
      expect(p95).toBeLessThan(5_000);
    });
  },
);
