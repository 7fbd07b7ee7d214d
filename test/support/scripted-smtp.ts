import { createServer, type Socket } from 'node:net';

/**
 * A mail server that keeps to the rules but for what `replies` says to a line; `cut` breaks the line there. `mails` is what it took.
 */
export async function scriptedSmtp(replies: (line: string) => string | undefined, greeting = '220 test') {
  const mails: string[] = [];
  let connections = 0;
  const server = createServer((socket: Socket) => {
    connections += 1;
    let mail: string | undefined;
    const say = (reply: string) => (reply === 'cut' ? socket.destroy() : socket.write(`${reply}\r\n`));
    socket.on('error', () => undefined);
    say(greeting);
    socket.on('data', (data) => {
      const text = data.toString('latin1');
      if (mail !== undefined) {
        mail += text;
        if (!mail.endsWith('\r\n.\r\n')) return;
        const reply = replies('.');
        if (!reply || reply.startsWith('2')) mails.push(mail.slice(0, -3).replace(/^\.\./gm, '.'));
        mail = undefined;
        say(reply ?? '250 2.0.0 kept');
        return;
      }
      const reply = replies(text) ?? (text.startsWith('DATA') ? '354 go on' : '250 ok');
      if (text.startsWith('DATA') && reply.startsWith('354')) mail = '';
      say(reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as { port: number }).port}`,
    mails,
    get connections() {
      return connections;
    },
    stop: () => void server.close(),
  };
}
