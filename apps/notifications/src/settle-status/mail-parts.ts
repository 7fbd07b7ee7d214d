/** A part of a mail: header fields by their name in lower case, the first of each; and what follows them. */
export interface MailPart {
  headers: ReadonlyMap<string, string>;
  type: string;
  body: string;
}

/** Reports are three parts deep at most; what is deeper or more was made to keep us busy. */
const DEEPEST = 5;
const MOST_PARTS = 50;

/** The leaves of a mail. Only what reports need is understood: no character sets, no attachments, nothing is opened. */
export function partsOf(mail: Buffer): MailPart[] {
  const leaves: MailPart[] = [];
  // One byte is one character, so that nothing is lost or made invalid; what is read of it is ASCII.
  collect(partOf(mail.toString('latin1').replace(/\r\n/g, '\n')), 0, leaves);
  return leaves;
}

/** Header fields and the body after them. */
export function partOf(text: string): MailPart {
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n');
  const headers = fieldsOf(end < 0 ? text : text.slice(0, end));
  const type =
    /^[\w.+-]+\/[\w.+-]+/.exec(headers.get('content-type') ?? 'text/plain')?.[0].toLowerCase() ?? 'text/plain';
  return { headers, type, body: end < 0 ? '' : decoded(text.slice(end).replace(/^\n{1,2}/, ''), headers) };
}

/** Fields of a header or of a delivery status; folded lines are one. */
export function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function collect(part: MailPart, depth: number, leaves: MailPart[]): void {
  const [, quoted, bare] =
    /boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(part.headers.get('content-type') ?? '') ?? [];
  const boundary = quoted ?? bare;
  if (!part.type.startsWith('multipart/') || !boundary || depth >= DEEPEST) {
    if (leaves.length < MOST_PARTS) leaves.push(part);
    return;
  }
  for (const inner of split(part.body, boundary)) collect(partOf(inner), depth + 1, leaves);
}

/** What stands between the lines of a boundary. */
function split(body: string, boundary: string): string[] {
  const found: string[][] = [];
  for (const line of body.split('\n')) {
    const isBoundary = line.startsWith(`--${boundary}`);
    if (isBoundary && line.slice(boundary.length + 2).startsWith('--')) break;
    if (isBoundary) found.push([]);
    else found.at(-1)?.push(line);
    if (found.length > MOST_PARTS) break;
  }
  return found.map((lines) => lines.join('\n'));
}

function decoded(body: string, headers: ReadonlyMap<string, string>): string {
  switch (headers.get('content-transfer-encoding')?.toLowerCase()) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('latin1').replace(/\r\n/g, '\n');
    case 'quoted-printable':
      return body
        .replace(/=\n/g, '')
        .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    default:
      return body;
  }
}
