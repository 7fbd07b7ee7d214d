// The other side of the wire in a process of its own: a WhatsApp provider that takes `delay` ms to answer, and onboarding's answer about
// a contact. Says its port, and on each message of its parent the moments at which messages arrived.
const { createServer } = require('node:http');

const delay = Number(process.argv[2] ?? 0);
const arrivals = [];

const contact = (id) => ({
  contactId: id,
  channel: 'whatsapp',
  address: `+62812${String(Number.parseInt(id.slice(-8), 16) % 1e8).padStart(8, '0')}`,
  language: 'id',
  name: 'Siti Rahma',
  cooperativeName: 'Koperasi Maju Bersama',
  code: '123456',
  timeZone: 'Asia/Jakarta',
  verified: true,
  consented: true,
  consents: { service: true, announcements: true },
});

const server = createServer((request, response) => {
  const answer = (body) => {
    const text = JSON.stringify(body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
  };
  const [, id] = /^\/internal\/contacts\/([^/]+)\/delivery/.exec(request.url) ?? [];
  if (id) return answer(contact(id));
  request.resume().on('end', () => {
    arrivals.push(performance.now());
    const accept = () => answer({ messages: [{ id: `wamid.${arrivals.length}` }] });
    if (delay > 0) setTimeout(accept, delay);
    else accept();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => process.send({ arrivals }));
