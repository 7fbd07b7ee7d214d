/** An error without what it may quote of a person: the form in which errors are logged and kept. */
export interface DescribedError {
  class: string;
  code?: string | number;
  /** Absent where messages quote values: those of drivers (a duplicate key's, a recipient's) and of parsers. */
  message?: string;
  stack?: string;
}

const QUOTES_VALUES = /^(Mongo|BSON|Mongoose|Cast|Validation|DocumentNotFound|Syntax|Reply|Nodemailer|Smtp)/i;

/** Class, code and stack of an error; the message where its class quotes no values, with addresses and numbers masked. */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { class: typeof error, message: mask(String(error)) };
  const { code } = error as { code?: string | number };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  const name = error.constructor.name || error.name;
  return {
    class: name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(!QUOTES_VALUES.test(name) && { message: mask(error.message) }),
    ...(frames?.length && { stack: frames.join('\n') }),
  };
}

function mask(text: string): string {
  return text.replace(/[^\s<>"'@]+@[^\s<>"'@]+/g, '[address]').replace(/\+?\d[\d\s-]{7,}\d/g, '[number]');
}
