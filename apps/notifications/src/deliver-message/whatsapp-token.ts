import { Config } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** The bearer token of the WhatsApp Cloud API: from the environment, or from a file that those who run the service may replace. */
@Injectable()
export class WhatsAppToken {
  private token: string | undefined;

  constructor(private readonly config: Config) {
    const { whatsappTokenFile: file, whatsappToken } = config;
    this.token = file ? readFileSync(file, 'utf8').trim() : whatsappToken;
  }

  get value(): string | undefined {
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
}
