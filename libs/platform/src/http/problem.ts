import { HttpException } from '@nestjs/common';

/** A text for people in both languages. */
export interface Text {
  id: string;
  en: string;
}

/** One thing that is wrong with a request, at a JSON pointer into its body (or at the name of a parameter). */
export interface FieldError {
  pointer: string;
  code: string;
  message: string | Text;
}

/** What one occurrence of a problem adds to its kind. Other members become members of the answer. */
export interface ProblemOptions {
  detail?: string | Text;
  errors?: FieldError[];
  headers?: Record<string, string>;
  [extension: string]: unknown;
}

/** A problem that was thrown; the filter writes it as a document of RFC 9457. */
export class Problem extends HttpException {
  constructor(
    readonly kind: { readonly code: string; readonly status: number; readonly title: Text },
    readonly more: ProblemOptions = {},
  ) {
    super(kind.code, kind.status);
  }

  get code(): string {
    return this.kind.code;
  }
}

/** A kind of problem: called, it makes one to throw. */
export interface ProblemKind {
  (options?: ProblemOptions): Problem;
  readonly code: string;
  readonly status: number;
  readonly title: Text;
}

/** Declares a kind of problem; services do so in `problems.templates.ts`. The code is part of the interface. */
export function problem(code: string, status: number, title: Text): ProblemKind {
  const kind = { code, status, title };
  return Object.assign((options?: ProblemOptions) => new Problem(kind, options), kind);
}
