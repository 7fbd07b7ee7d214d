import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** The reply of an order `fail`, as smtp-server wants it. */
function reply(code, text) {
  return Object.assign(new Error(text), { responseCode: code });
}

const TEXT = {
  421: '4.3.2 Service not available, closing transmission channel',
  450: '4.2.1 Mailbox busy',
  451: '4.7.1 Too many messages, try again later',
  452: '4.2.2 Mailbox full',
  550: '5.1.1 No such user here',
  552: '5.2.2 Mailbox full',
  554: '5.7.1 Message rejected by policy',
};

/** Header values as one string each; a repeated header keeps its lines. */
function headersOf(mail) {
  /** @type {Record<string, string>} */
  const headers = {};
  for (const { key, line } of mail.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n\s+/g, ' ')
      .trim();
    headers[key] = key in headers ? `${headers[key]}\n${value}` : value;
  }
  return headers;
}

/** `<id@host>` names our delivery by the part before the at sign. */
function idOf(messageId) {
  return messageId?.replace(/^<|>$/g, '').split('@')[0] ?? null;
}

/**
 * A mail server that keeps what it is given and delivers nothing. It misbehaves at the stage where a real one would:
 * `down` at the greeting, `throttle` at MAIL FROM, a code at RCPT TO, `drop_after_accept` once the message is kept.
 * @param {{ inbox: import('./inbox.mjs').Inbox, behaviour: import('./behaviour.mjs').Behaviour, log: (line: string) => void }} parts
 */
export async function startSmtp({ inbox, behaviour, log }) {
  /** What was decided for each connection at its greeting. */
  const fates = new Map();

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: 10 * 1024 * 1024,
    onConnect(session, done) {
      behaviour.next().then((fate) => {
        fates.set(session.id, fate);
        const down = fate.fail === 'down' || (fate.fail === 'code' && fate.code === 421);
        done(down ? reply(421, TEXT[421]) : undefined);
      }, done);
    },
    onClose(session) {
      fates.delete(session.id);
    },
    onMailFrom(_address, session, done) {
      done(fates.get(session.id)?.fail === 'throttle' ? reply(451, TEXT[451]) : undefined);
    },
    onRcptTo(_address, session, done) {
      const { fail, code } = fates.get(session.id) ?? {};
      done(fail === 'code' ? reply(code, TEXT[code] ?? `${Math.floor(code / 100)}.0.0 As ordered`) : undefined);
    },
    onData(stream, session, done) {
      keep(stream, session).then(
        () => {
          if (fates.get(session.id)?.fail === 'drop_after_accept') cut(session.id);
          else done(null, 'kept');
        },
        (error) => {
          log(`mail was not kept: ${error.message}`);
          done(reply(451, '4.3.0 Local error'));
        },
      );
    },
  });
  server.on('error', (error) => log(`smtp: ${error.message}`));

  async function keep(stream, session) {
    const mail = await simpleParser(stream);
    const headers = headersOf(mail);
    for (const { address } of session.envelope.rcptTo) {
      await inbox.add({
        channel: 'email',
        to: address,
        template: headers['x-template'] ?? null,
        language: headers['content-language'] ?? null,
        subject: mail.subject ?? null,
        text: mail.text ?? null,
        html: mail.html || null,
        headers,
        providerMessageId: mail.messageId ?? session.id,
        deliveryId: headers['x-delivery-id'] ?? idOf(mail.messageId),
        causeId: headers['x-cause-id'] ?? null,
        at: new Date().toISOString(),
      });
    }
  }

  function cut(sessionId) {
    for (const connection of server.connections) {
      if (connection.id === sessionId) connection._socket.destroy();
    }
  }

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.server.address());
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        for (const connection of server.connections) connection._socket.destroy();
        server.close(() => resolve(undefined));
      }),
  };
}
