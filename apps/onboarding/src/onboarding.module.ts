import { MessagingModule } from '@idxcoop/messaging';
import { Regions } from '@idxcoop/platform';
import { Module, type Provider, type Type } from '@nestjs/common';
import { type ModelDefinition, MongooseModule } from '@nestjs/mongoose';
import { IMPORTS } from './imports.part';
import { NEIGHBOURS } from './neighbours.part';
import { PARTNERS } from './partners.part';
import { PRIVACY } from './privacy.part';
import { REGISTRATION } from './registration.part';
import { REVIEW } from './review.part';
import { SIGN_IN } from './sign-in.part';

/** What a part of the service brings along; the parts use one another freely, so they are one module. */
interface Part {
  models: ModelDefinition[];
  controllers: Type[];
  providers: Provider[];
}

const PARTS: readonly Part[] = [REGISTRATION, REVIEW, IMPORTS, PRIVACY, PARTNERS, SIGN_IN, NEIGHBOURS];

/** Cooperatives, the people who speak for them, and everything up to the officer's decision. */
@Module({
  imports: [MessagingModule.forService('onboarding'), MongooseModule.forFeature(PARTS.flatMap(({ models }) => models))],
  controllers: PARTS.flatMap(({ controllers }) => controllers),
  providers: [{ provide: Regions, useFactory: () => new Regions() }, ...PARTS.flatMap(({ providers }) => providers)],
})
export class OnboardingModule {
  static readonly service = 'onboarding' as const;
}
