#!/usr/bin/env node
// Writes docs/events.md and docs/asyncapi.yaml from libs/contracts; --check says whether they are fresh (exit 1 if not).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { stringify } from 'yaml';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const usage = 'usage: npm run docs [-- --check]   (after npm run build)\n';

if (process.argv.includes('--help')) {
  process.stdout.write(usage);
  process.exit(0);
}
if (!existsSync(`${root}dist/libs/contracts/src/index.js`)) {
  process.stderr.write('There is no build: run `npm run build` first.\n');
  process.exit(2);
}

require('reflect-metadata');
const { EVENTS, SUBSCRIPTIONS, producerOf } = require(`${root}dist/libs/contracts/src/index.js`);
const { targetConstructorToSchema } = require('class-validator-jsonschema');
/** @type {any} */
const converters = { isUuid: { type: 'string', format: 'uuid' }, isIso8601: { type: 'string', format: 'date-time' } };

/** Doc comments of classes and properties, read from the sources: the build has none. */
const comments = (() => {
  const found = new Map();
  const config = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile).config;
  const { fileNames } = ts.parseJsonConfigFileContent({ ...config, include: ['libs/contracts/src'] }, ts.sys, root);
  for (const name of fileNames) {
    const source = ts.createSourceFile(name, readFileSync(name, 'utf8'), ts.ScriptTarget.ES2022, true);
    const text = (node) =>
      ts
        .getJSDocCommentsAndTags(node)
        .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
        .join(' ')
        .replace(/\s+/g, ' ')
        .trim();
    ts.forEachChild(source, (node) => {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const parent = node.heritageClauses?.[0]?.types[0]?.expression.getText();
      const fields = new Map(
        node.members.filter(ts.isPropertyDeclaration).map((member) => [member.name.getText(), text(member)]),
      );
      found.set(node.name.text, { text: text(node), parent, fields });
    });
  }
  return found;
})();

const commentOf = (className, field) => {
  const entry = comments.get(className);
  return !entry ? '' : entry.fields.get(field) || commentOf(entry.parent, field);
};

const listenersOf = (event) =>
  Object.entries(SUBSCRIPTIONS)
    .filter(([, events]) => events.includes(event))
    .map(([consumer]) => consumer);

function schemaOf(contract) {
  const { properties = {}, required = [] } = targetConstructorToSchema(contract, { additionalConverters: converters });
  const described = Object.entries(properties).map(([field, rule]) => {
    const description = commentOf(contract.name, field);
    return [field, { ...rule, ...(description && { description }) }];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(described),
    required: required.filter((field) => properties[field]),
  };
}

const ENVELOPE = {
  specversion: { type: 'string', const: '1.0' },
  id: { type: 'string', description: 'Id of the fact; both versions of one fact carry the same.' },
  source: { type: 'string', description: 'The service that published it.' },
  type: { type: 'string', description: 'Name of the event, also routing key and AMQP type.' },
  time: { type: 'string', format: 'date-time', description: 'When the fact was recorded.' },
  datacontenttype: { type: 'string', const: 'application/json' },
  partitionkey: { type: 'string', description: 'Id of the aggregate.' },
  sequence: { type: 'string', description: 'Counter of the aggregate, zero-padded, without gaps.' },
  traceparent: { type: 'string', description: 'W3C trace context.' },
};

function asyncapi() {
  const messages = {};
  const channels = {};
  const operations = {};
  for (const contract of EVENTS) {
    const { event, name } = contract;
    messages[name] = {
      name: event,
      title: name,
      summary: comments.get(name)?.text ?? '',
      contentType: 'application/cloudevents+json',
      payload: {
        type: 'object',
        properties: {
          ...ENVELOPE,
          type: { type: 'string', const: event },
          data: { $ref: `#/components/schemas/${name}` },
        },
        required: ['specversion', 'id', 'source', 'type', 'time', 'partitionkey', 'sequence', 'data'],
      },
    };
    channels[event] = {
      address: event,
      messages: { [name]: { $ref: `#/components/messages/${name}` } },
      bindings: { amqp: { is: 'routingKey', exchange: { name: 'idxcoop.events', type: 'topic', durable: true } } },
    };
    operations[`${producerOf(event)}.publish.${event}`] = {
      action: 'send',
      channel: { $ref: `#/channels/${event}` },
      messages: [{ $ref: `#/channels/${event}/messages/${name}` }],
    };
    for (const consumer of listenersOf(contract)) {
      operations[`${consumer}.on.${event}`] = {
        action: 'receive',
        channel: { $ref: `#/channels/${event}` },
        messages: [{ $ref: `#/channels/${event}/messages/${name}` }],
      };
    }
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'IDXCOOP events',
      version: JSON.parse(readFileSync(`${root}package.json`, 'utf8')).version,
      description:
        'The facts that the services tell each other over RabbitMQ, as CloudEvents 1.0 in structured JSON. Generated by `npm run docs`.',
    },
    defaultContentType: 'application/cloudevents+json',
    channels,
    operations,
    components: {
      messages,
      schemas: Object.fromEntries(EVENTS.map((contract) => [contract.name, schemaOf(contract)])),
    },
  };
}

function typeText(rule) {
  if (rule.enum) return rule.enum.map((value) => `\`${value}\``).join(', ');
  if (rule.type === 'array') return `list of ${rule.items?.type ?? 'values'}`;
  return [rule.format ?? rule.type, rule.pattern && `\`${rule.pattern}\``]
    .filter(Boolean)
    .join(' ')
    .replaceAll('|', '\\|');
}

function eventsMarkdown() {
  const lines = [
    '# Events',
    '',
    'Generated by `npm run docs` from `libs/contracts`. The envelope is CloudEvents 1.0; see `asyncapi.yaml` for the schemas.',
    '',
    '| event | published by | heard by |',
    '| --- | --- | --- |',
    ...EVENTS.map((contract) => {
      const heard =
        listenersOf(contract)
          .map((consumer) => `\`${consumer}\``)
          .join(', ') || '–';
      return `| [\`${contract.event}\`](#${contract.name.toLowerCase()}) | ${producerOf(contract.event)} | ${heard} |`;
    }),
    '',
  ];
  for (const contract of EVENTS) {
    const { properties, required } = schemaOf(contract);
    lines.push(`## ${contract.name}`, '', `\`${contract.event}\`. ${comments.get(contract.name)?.text ?? ''}`, '');
    lines.push('| field | rule | meaning |', '| --- | --- | --- |');
    for (const [field, rule] of Object.entries(properties)) {
      lines.push(
        `| \`${field}\`${required.includes(field) ? '' : ' (optional)'} | ${typeText(rule)} | ${rule.description ?? ''} |`,
      );
    }
    lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

const generated = {
  'docs/events.md': eventsMarkdown(),
  'docs/asyncapi.yaml': stringify(asyncapi(), { lineWidth: 0, aliasDuplicateObjects: false }),
};

if (process.argv.includes('--check')) {
  const stale = Object.entries(generated).filter(
    ([path, text]) => !existsSync(root + path) || readFileSync(root + path, 'utf8') !== text,
  );
  for (const [path] of stale) process.stderr.write(`${path} is not fresh: run \`npm run docs\`.\n`);
  process.exit(stale.length ? 1 : 0);
}
for (const [path, text] of Object.entries(generated)) writeFileSync(root + path, text);
