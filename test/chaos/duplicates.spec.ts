import { Cooperative, type CooperativeDocument } from '../../apps/onboarding/src/cooperative/cooperative.schema';
import { LookAlikes } from '../../apps/onboarding/src/duplicates/look-alikes';
import { OnboardingModule } from '../../apps/onboarding/src/onboarding.module';
import { newId } from '@idxcoop/platform';
import { getModelToken } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type StartedService, startService } from '../support/start-service';
import { figure, isFull } from './fixtures/scale';

const COOPERATIVES = 130_000;
const REGENCIES = 514;
const CHECKS = 500;
const WORDS = [
  'Sejahtera',
  'Maju',
  'Bersama',
  'Tani',
  'Makmur',
  'Bina',
  'Mandiri',
  'Karya',
  'Usaha',
  'Sumber',
  'Rejeki',
];

jest.setTimeout(900_000);

// Sizes and speed are for a run that has the machine for itself: `npm run chaos`.
(isFull ? describe : describe.skip)(`duplicates among ${COOPERATIVES} cooperatives`, () => {
  let service: StartedService;
  let cooperatives: Model<Cooperative>;

  const regency = (index: number) =>
    `${11 + (index % 23)}.${String(1 + (Math.floor(index / 23) % 23)).padStart(2, '0')}`;
  const word = (index: number) => WORDS[index % WORDS.length] as string;
  /** Of each hundred the second is the first once more. */
  const made = (at: number): CooperativeDocument => {
    const index = at % 100 === 1 ? at - 1 : at;
    const name = `KSP ${word(index)} ${word(index * 7 + 3)} ${word(Math.floor(index / 100))} ${index % 300}`;
    const site = index % 40 === 0 ? { website: `https://koperasi-${Math.floor(index / 80)}.example` } : {};
    const about = {
      name,
      regionCode: `${regency(index % REGENCIES)}.01.1001`,
      form: 'primary',
      type: 'savings_loan',
      ...site,
    };
    const one = new cooperatives({
      _id: newId(),
      ...about,
      origin: 'import',
      registration: 'verified',
      createdAt: new Date(),
    });
    one.holdKeys();
    return one;
  };

  beforeAll(async () => {
    service = await startService(OnboardingModule, { roles: ['api'] });
    cooperatives = service.app.get<Model<Cooperative>>(getModelToken(Cooperative.name));
    for (let start = 0; start < COOPERATIVES; start += 2_000) {
      const batch = Array.from({ length: 2_000 }, (_, index) => made(start + index).toObject());
      await cooperatives.collection.insertMany(batch as never[]);
    }
  });
  afterAll(() => service?.close());

  it('finds who may be one without looking at all', async () => {
    const lookAlikes = service.get(LookAlikes);
    const some = await cooperatives.find({}).limit(CHECKS).lean<Cooperative[]>();
    const times: number[] = [];
    let found = 0;
    for (const one of some) {
      const begun = performance.now();
      found += (await lookAlikes.of([one])).found.length;
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    const at = (share: number) => (times[Math.floor(times.length * share)] as number).toFixed(1);
    figure(
      `${some.length} checks among ${COOPERATIVES}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms; ${found} likenesses found`,
    );
    expect(some).toHaveLength(CHECKS);
    expect(found).toBeGreaterThan(0);
  });
});
