import { Caller, type CallerIdentity, Derivation, Idempotent, Public, RateLimit } from '@idxcoop/platform';
import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { ANSWERS } from '../answers';
import { STATUS } from '../cooperative/status-token';
import { RegisterCooperativeDto } from './register-cooperative.dto';
import { type Registered, RegisterCooperativeHandler } from './register-cooperative.handler';

@ApiTags('Onboarding')
@Controller('v1/cooperatives')
export class RegisterCooperativeController {
  constructor(
    private readonly handler: RegisterCooperativeHandler,
    private readonly derivation: Derivation,
  ) {}

  /** Signs a cooperative up as a draft and asks its contacts to confirm. */
  @Public()
  @RateLimit({ name: 'sign-ups', points: ({ signUpsPerMinute }) => signUpsPerMinute, seconds: 60, by: 'ip' })
  @Idempotent({ fill: 'withToken', location: (answer: Registered) => `/v1/cooperatives/${answer.id}` })
  @ApiCreatedResponse({ schema: ANSWERS.registered })
  @Post()
  register(@Body() input: RegisterCooperativeDto, @Caller() caller?: CallerIdentity): Promise<Registered> {
    return this.handler.execute(input, caller);
  }

  /** The token is derived each time that the answer is given out. */
  withToken({ id, registration, ...rest }: Registered) {
    return { id, registration, statusToken: this.derivation.token(STATUS, id), ...rest };
  }
}
