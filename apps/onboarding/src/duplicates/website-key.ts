/** Where many cooperatives have a page each: there the path tells them apart. */
const SHARED_HOSTS =
  /(^|\.)(facebook|instagram|tiktok|youtube|wa|linktr|sites\.google|blogspot|tokopedia|shopee|google)\.[a-z.]+$/;

/** What two ways to write one website have in common; undefined where the address is nobody's own. */
export function websiteKey(website: string): string | undefined {
  if (!URL.canParse(website)) return undefined;
  const { hostname, pathname } = new URL(website);
  const host = hostname.replace(/^(www|m)\./, '');
  if (!SHARED_HOSTS.test(host) || /\.blogspot\./.test(host)) return host;
  const path = pathname.replace(/\/+$/, '').toLowerCase();
  return path ? `${host}${path}` : undefined;
}
