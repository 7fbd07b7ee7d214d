import type { OutboundAnswer } from '@idxcoop/platform';
import { judgeAnswer, judgeHost } from './judge';

const answer = (fields: Partial<OutboundAnswer> = {}, text = '<h1>Koperasi Maju Bersama</h1>'): OutboundAnswer => ({
  url: 'https://majubersama.example/',
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: Buffer.from(text),
  truncated: false,
  redirects: 0,
  ...fields,
});

describe(judgeHost.name, () => {
  it.each([
    ['https://majubersama.example/', null],
    ['https://www.facebook.com/majubersama', 'social_profile'],
    ['https://INSTAGRAM.com./majubersama', 'social_profile'],
    ['https://notfacebook.com/', null],
    ['https://facebook.com.majubersama.example/', null],
    ['https://linktr.ee/majubersama', 'social_profile'],
    ['https://www.tokopedia.com/majubersama', 'marketplace'],
    ['https://majubersama.blogspot.com/', null],
    ['https://sedo.com/search/details/', 'parked'],
  ])('says of %s: %s', (url, reason) => expect(judgeHost(url)).toBe(reason));
});

describe(judgeAnswer.name, () => {
  it.each<[string, string | null, OutboundAnswer]>([
    ['a page', null, answer()],
    ['any 2xx', null, answer({ status: 203 })],
    ['a page that is gone', 'http_404', answer({ status: 404 })],
    ['a redirect to nowhere', 'http_302', answer({ status: 302 })],
    ['a broken server', 'http_503', answer({ status: 503 })],
    ['a redirect to a profile', 'social_profile', answer({ url: 'https://m.facebook.com/x' })],
    ['a name for sale', 'parked', answer({}, '<p>This  Domain\nis for SALE</p>')],
    ['a server that nobody has set up', 'parked', answer({}, '<title>Welcome to nginx!</title>')],
    ['an account that was stopped', 'parked', answer({}, '<h1>Account Suspended</h1>')],
    ['something that is no page', 'not_html', answer({ headers: { 'content-type': 'application/json' } })],
    ['something without a type', 'not_html', answer({ headers: {} })],
  ])('takes %s for %s', (_, reason, given) => expect(judgeAnswer(given)).toBe(reason));
});
