import { newId, type RunningService } from '@idxcoop/platform';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  minItems?: number;
  minimum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  allOf?: Schema[];
}

type Document = ReturnType<RunningService['openapi']>;

/** Texts that rules of ours take, by the name of the field, where the document does not say enough. */
const TEXTS: Readonly<Record<string, string>> = {
  phone: '0812-9999-0000',
  email: 'siapa@contoh.example',
  version: '2020-10',
  regionCode: '12.71.05.1003',
  code: 'incomplete',
  requirement: 'legalEntityNumber',
};

/** A body that a route takes in, made from its description: what is required, and an address for a contact. */
export function sampleBody(document: Document, path: string, method: string): object {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  const schema = contentOf(document, path, method)['application/json']?.schema;

  function sample(name: string, given: Schema): unknown {
    const { allOf, $ref, ...own } = given;
    if ($ref) return sample(name, schemas[$ref.split('/').at(-1) as string] ?? {});
    if (allOf?.[0]) return sample(name, { ...allOf[0], ...own });
    if (given.enum) return given.enum[0];
    const type = [given.type].flat()[0];
    if (type === 'object' || given.properties) return object(name, given);
    if (type === 'array')
      return Array.from({ length: Math.max(1, given.minItems ?? 1) }, () => sample(name, given.items ?? {}));
    if (type === 'number' || type === 'integer') return given.minimum ?? 1;
    if (type === 'boolean') return true;
    if (given.format === 'uuid') return newId();
    return TEXTS[name] ?? 'Contoh'.padEnd(given.minLength ?? 0, '.');
  }

  function object(name: string, { properties = {}, required = [] }: Schema): object {
    const wanted = name === 'contact' ? [...required, 'email'] : required;
    return Object.fromEntries(wanted.map((key) => [key, sample(key, properties[key] ?? {})]));
  }

  return schema ? (sample('', schema) as object) : {};
}

/** Whether a route takes a file. */
export function takesFile(document: Document, path: string, method: string): boolean {
  return 'multipart/form-data' in contentOf(document, path, method);
}

function contentOf(document: Document, path: string, method: string): Record<string, { schema: Schema }> {
  const operations = document.paths[path] as Record<string, { requestBody?: { content?: never } }> | undefined;
  return operations?.[method]?.requestBody?.content ?? {};
}
