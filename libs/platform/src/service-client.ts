import { Injectable } from '@nestjs/common';
import type { ServiceName } from '@idxcoop/contracts';
import { Tokens } from './auth/tokens';
import type { Config } from './config';
import { traceparent } from './trace';

const TIMEOUT = 5_000;
/** Of the minute that a token holds. */
const TOKEN_USED_FOR = 30_000;

/** Another service does not answer now: a transient failure, worth another attempt. */
export class ServiceUnavailable extends Error {
  readonly code = 'service_unavailable';

  constructor(service: ServiceName, reason: string) {
    super(`${service} did not answer: ${reason}`);
  }
}

/** Another service refused: asking again in the same way gets the same answer. */
export class ServiceRefused extends Error {
  constructor(
    service: ServiceName,
    readonly status: number,
    readonly code: string,
  ) {
    super(`${service} refused with ${status} ${code}`);
  }
}

/** Asks other services under `/internal`, with a service token and within the trace. */
@Injectable()
export class ServiceClient {
  private token: { text: Promise<string>; until: number } | undefined;

  constructor(
    private readonly config: Config,
    private readonly tokens: Tokens,
    private readonly self: ServiceName,
  ) {}

  /** The answer, or null where there is no such thing. */
  async get<T>(service: ServiceName, path: string): Promise<T | null> {
    try {
      return await this.ask<T>(service, 'GET', path);
    } catch (error) {
      if (error instanceof ServiceRefused && error.status === 404) return null;
      throw error;
    }
  }

  post<T>(service: ServiceName, path: string, body: object): Promise<T> {
    return this.ask<T>(service, 'POST', path, body);
  }

  private async ask<T>(service: ServiceName, method: string, path: string, body?: object): Promise<T> {
    const trace = traceparent();
    const response = await fetch(new URL(path, this.base(service)), {
      method,
      headers: {
        authorization: `Bearer ${await this.serviceToken()}`,
        accept: 'application/json',
        ...(trace && { traceparent: trace }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch((error: Error) => {
      throw new ServiceUnavailable(service, error.name);
    });
    const text = await response.text().catch((error: Error) => {
      throw new ServiceUnavailable(service, error.name);
    });
    if (response.status >= 500 || response.status === 429 || response.status === 408) {
      throw new ServiceUnavailable(service, String(response.status));
    }
    const answer = parse(text) as T & { code?: string };
    if (!response.ok) throw new ServiceRefused(service, response.status, answer?.code ?? 'unknown');
    return answer;
  }

  /** Signed anew when half of its time has passed, not for each question. */
  private serviceToken(): Promise<string> {
    if (!this.token || this.token.until <= Date.now()) {
      this.token = { text: this.tokens.forService(this.self), until: Date.now() + TOKEN_USED_FOR };
    }
    return this.token.text;
  }

  private base(service: ServiceName): string {
    const { onboardingUrl, notificationsUrl, contentUrl, reportingUrl } = this.config;
    return {
      onboarding: onboardingUrl,
      notifications: notificationsUrl,
      'content-indexing': contentUrl,
      reporting: reportingUrl,
    }[service];
  }
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
