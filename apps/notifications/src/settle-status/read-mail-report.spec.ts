import fc from 'fast-check';
import { newId } from '@idxcoop/platform';
import { dsn } from '../../../../test/support/bounces';
import { readMailReport } from './read-mail-report';

describe(readMailReport.name, () => {
  const at = new Date();
  const statusesOf = (mail: string) => readMailReport(Buffer.from(mail), at).statuses;

  it('knows the mail by the envelope id, or by headers that were returned without a body', () => {
    const [id, other] = [newId(), newId()];
    expect(statusesOf(dsn(other, { envelopeId: id }))).toMatchObject([{ deliveryId: id }]);
    expect(statusesOf(dsn(id, { returned: 'text/rfc822-headers' }))).toMatchObject([{ deliveryId: id }]);
  });

  it('takes the code of the server where the status is a general one', () => {
    const general = { status: '5.0.0', diagnostic: 'smtp; 550-5.1.1 The account does not exist' };
    expect(statusesOf(dsn(newId(), general))).toMatchObject([{ code: 'bounced_5.1.1' }]);
    const silent = { status: '', diagnostic: 'X-Postfix; unknown user' };
    expect(statusesOf(dsn(newId(), silent))).toMatchObject([{ code: 'bounced_5.0.0' }]);
  });

  it('reads a status that was encoded', () => {
    const id = newId();
    const [head = '', body = '', ...rest] = dsn(id).split('\r\n\r\nReporting-MTA');
    expect(rest).toEqual([]);
    const [status = '', tail = ''] = `Reporting-MTA${body}`.split(
      '\r\n\r\n--9B095B5ADSN=_mx/example\r\nContent-Type: message/rfc822',
    );
    const encoded = `${head}\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(status).toString('base64')}`;
    const mail = `${encoded}\r\n\r\n--9B095B5ADSN=_mx/example\r\nContent-Type: message/rfc822${tail}`;
    expect(statusesOf(mail)).toMatchObject([{ deliveryId: id, code: 'bounced_5.1.1' }]);
  });

  it('reads nothing from whatever is no report, in little time', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.constant(dsn('nobody'))), (text) => {
        expect(statusesOf(text)).toEqual([]);
      }),
    );
    const nested = 'Content-Type: multipart/mixed; boundary=a\n\n--a\n'.repeat(20_000);
    const start = Date.now();
    for (const mail of [nested, 'a: b\n '.repeat(150_000), '--a\n'.repeat(250_000), ' '.repeat(1_000_000)]) {
      expect(statusesOf(mail)).toEqual([]);
    }
    expect(Date.now() - start).toBeLessThan(10_000);
  });
});
