import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What onboarding's `/internal` answers, in the places where notifications asks. */
export interface Answers {
  /** By contact id; a contact that is missing is gone. */
  contacts: Map<string, object>;
  officials: Map<string, object>;
  /** By cooperative id. */
  verifiedContacts: Map<string, object[]>;
  programmeLeads: object[];
  /** Officers by the level of their office; without a level those of the regency are asked for. */
  readonly officers: { officialId: string; level: string; channel: string; language: string }[];
  /** Whom an announcement may reach: all of them, whatever the filter. */
  reachablePeople: object[];
  /** On which channels a person is, by the id of any of their contacts, or of an official. */
  channels: Map<string, { contactId?: string; channel: string; address: string; consents: object }[]>;
  /** Verified contacts by number, the newest first. */
  numbers: Map<string, object[]>;
}

export interface FakeOnboarding extends Answers {
  readonly url: string;
  /** The paths with queries that it was asked, in order. */
  readonly asked: string[];
  /** While true everything is answered 503. */
  away: boolean;
  /** The answer to what matches is lost: done, and nobody hears of it. */
  cut: RegExp | undefined;
  /** Runs before each answer: what happens elsewhere while a worker waits for it. */
  meanwhile: (() => Promise<void>) | undefined;
  close(): Promise<void>;
}

/** Plays onboarding across the wire: a small HTTP server with canned answers, behind a bearer token like the real one. */
export async function startFakeOnboarding(): Promise<FakeOnboarding> {
  const answers: Answers = {
    contacts: new Map(),
    officials: new Map(),
    verifiedContacts: new Map(),
    numbers: new Map(),
    channels: new Map(),
    programmeLeads: [],
    officers: [],
    reachablePeople: [],
  };
  const asked: string[] = [];
  const state: Pick<FakeOnboarding, 'away' | 'meanwhile' | 'cut'> = {
    away: false,
    meanwhile: undefined,
    cut: undefined,
  };

  function peopleFrom({ searchParams }: URL): object {
    const from = Number(searchParams.get('cursor') ?? 0);
    const to = from + Number(searchParams.get('limit') ?? 50);
    const more = to < answers.reachablePeople.length;
    return { items: answers.reachablePeople.slice(from, to), nextCursor: more ? String(to) : null };
  }

  function officialsOf({ searchParams }: URL): object[] {
    const id = searchParams.get('id');
    const level = searchParams.get('level') ?? 'regency';
    if (searchParams.get('role') === 'officer') return answers.officers.filter((officer) => officer.level === level);
    return answers.programmeLeads.filter((lead) => !id || (lead as { officialId?: string }).officialId === id);
  }

  function agree(contactId: string): object {
    const theirs = answers.channels.get(contactId)?.find((item) => item.contactId === contactId);
    const consents = { service: true, announcements: true };
    for (const known of [theirs, answers.contacts.get(contactId)]) if (known) Object.assign(known, { consents });
    return { contactId, consents };
  }

  function answer(url: URL, body: string): object | undefined {
    if (url.pathname === '/internal/contacts/lookup')
      return { items: answers.numbers.get((JSON.parse(body) as { phone: string }).phone) ?? [] };
    if (url.pathname === '/internal/reachable-people') return peopleFrom(url);
    const [, kind, id, what] = /^\/internal\/([a-z]+)(?:\/([^/]+)(?:\/([a-z]+))?)?$/.exec(url.pathname) ?? [];
    if (what === 'channels')
      return answers.channels.has(id as string) ? { items: answers.channels.get(id as string) } : undefined;
    if (what === 'consents') return agree(id as string);
    if (kind === 'contacts' && what === 'delivery') return answers.contacts.get(id as string);
    if (kind === 'officials' && what === 'delivery') return answers.officials.get(id as string);
    if (kind === 'officials') return { items: officialsOf(url) };
    if (kind === 'cooperatives' && what === 'contacts')
      return { items: answers.verifiedContacts.get(id as string) ?? [] };
    return undefined;
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push(`${url.pathname}${url.search}`);
    const send = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (state.away) {
      send(503, { code: 'unavailable' });
      return;
    }
    if (!request.headers.authorization?.startsWith('Bearer ey')) {
      send(401, { code: 'unauthenticated' });
      return;
    }
    void bodyOf(request).then(async (body) => {
      const found = answer(url, body);
      await state.meanwhile?.();
      if (state.cut?.test(url.pathname)) return void request.socket.destroy();
      if (found) send(200, found);
      else send(404, { code: 'not_found' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...answers,
    get programmeLeads() {
      return answers.programmeLeads;
    },
    set programmeLeads(items) {
      answers.programmeLeads = items;
    },
    url: `http://127.0.0.1:${port}`,
    asked,
    get away() {
      return state.away;
    },
    set away(away) {
      state.away = away;
    },
    get cut() {
      return state.cut;
    },
    set cut(cut) {
      state.cut = cut;
    },
    get meanwhile() {
      return state.meanwhile;
    },
    set meanwhile(meanwhile) {
      state.meanwhile = meanwhile;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
