import { Config, ConfigError } from '@idxcoop/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import DKIM from 'nodemailer/lib/dkim';
import { buffer } from 'node:stream/consumers';

/** What a signature covers. The signer's own list leaves out the header of the one click, which RFC 8058 wants covered. */
export const SIGNED_HEADERS = [
  'From',
  'Reply-To',
  'To',
  'Cc',
  'Subject',
  'Date',
  'Message-ID',
  'MIME-Version',
  'Content-Type',
  'Content-Transfer-Encoding',
  'Content-Language',
  'Auto-Submitted',
  'List-Id',
  'List-Help',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
];

/** Signs mails for our domain (RFC 6376, relaxed/relaxed), before any byte of them leaves. */
@Injectable()
export class Dkim implements OnModuleInit {
  private signer: DKIM | null | undefined;

  constructor(private readonly config: Config) {}

  /** A process that sends does not start without its key; the others need none. */
  onModuleInit(): void {
    if (this.config.roles.has('jobs')) this.signer = this.makeSigner();
  }

  /** The mail with its signature on top; as it is where there is no key. */
  sign(mail: Buffer): Promise<Buffer> {
    if (this.signer === undefined) this.signer = this.makeSigner();
    return this.signer ? buffer(this.signer.sign(mail)) : Promise.resolve(mail);
  }

  private makeSigner(): DKIM | null {
    const { dkimDomain: domainName, dkimSelector: keySelector } = this.config;
    if (!domainName || !keySelector) return null;
    return new DKIM({
      domainName,
      keySelector,
      privateKey: this.readKey(),
      headerFieldNames: SIGNED_HEADERS.join(':'),
    });
  }

  private readKey(): string {
    const { dkimPrivateKey = '', dkimPrivateKeyFile: file } = this.config;
    try {
      const key = file ? readFileSync(file, 'utf8') : dkimPrivateKey.replace(/\\n/g, '\n');
      const secret = createPrivateKey(key);
      // The signer knows no other kind.
      if (secret.asymmetricKeyType !== 'rsa') throw new TypeError();
      return secret.export({ type: 'pkcs8', format: 'pem' }).toString();
    } catch {
      throw new ConfigError([
        `${file ? `DKIM_PRIVATE_KEY_FILE ${file}` : 'DKIM_PRIVATE_KEY'} must be an RSA private key in PEM form.`,
      ]);
    }
  }
}
