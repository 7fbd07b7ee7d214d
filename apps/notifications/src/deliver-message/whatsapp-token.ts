import { Config, ConfigError } from '@idxcoop/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** The bearer token of the WhatsApp Cloud API: from the environment, or from a file that those who run the service may replace. */
@Injectable()
export class WhatsAppToken implements OnModuleInit {
  private token: string | undefined;

  constructor(private readonly config: Config) {}

  /** A process that sends does not start without its secret; the others need none. */
  onModuleInit(): void {
    if (this.config.roles.has('jobs')) this.token = this.read();
  }

  get value(): string | undefined {
    this.token ??= this.read();
    return this.token;
  }

  /** Looks whether there is another token than the one that was refused. */
  async renew(refused: string): Promise<boolean> {
    const { whatsappTokenFile: file } = this.config;
    if (file) {
      const found = (await readFile(file, 'utf8').catch(() => '')).trim();
      if (found) this.token = found;
    }
    return this.token !== refused;
  }

  private read(): string | undefined {
    const { whatsappTokenFile: file, whatsappToken } = this.config;
    if (!file) return whatsappToken;
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      throw new ConfigError([`WHATSAPP_TOKEN_FILE must be a file that can be read: ${file}.`]);
    }
  }
}
