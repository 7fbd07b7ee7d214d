import { Config } from '@idxcoop/platform';
import { Injectable } from '@nestjs/common';
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
export class Dkim {
  private readonly signer: DKIM | undefined;

  constructor({ dkimDomain, dkimSelector, dkimPrivateKey, dkimPrivateKeyFile }: Config) {
    const key = dkimPrivateKeyFile ? readFileSync(dkimPrivateKeyFile, 'utf8') : dkimPrivateKey?.replace(/\\n/g, '\n');
    if (!dkimDomain || !dkimSelector || !key) return;
    const privateKey = createPrivateKey(key).export({ type: 'pkcs8', format: 'pem' }).toString();
    this.signer = new DKIM({
      domainName: dkimDomain,
      keySelector: dkimSelector,
      privateKey,
      headerFieldNames: SIGNED_HEADERS.join(':'),
    });
  }

  /** The mail with its signature on top; as it is where there is no key. */
  sign(mail: Buffer): Promise<Buffer> {
    return this.signer ? buffer(this.signer.sign(mail)) : Promise.resolve(mail);
  }
}
