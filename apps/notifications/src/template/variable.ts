import type { Language } from '../message/message.schema';
import type { Row, SuggestedItem, Variable, Variables } from './template';

type Of<T> = (known: Variables, language: Language) => T | undefined;

/** A name, a figure or a few words. */
export function text(of: Of<string>, atMost = 120): Variable {
  return { kind: 'text', atMost, of };
}

/** An address that people follow; one cut off leads nowhere, so it is whole or not there. */
export function url(of: Of<string>): Variable {
  return { kind: 'url', atMost: 300, of };
}

/** A few lines. */
export function list(of: Of<readonly string[]>, atMost = 450): Variable {
  return { kind: 'list', atMost, of };
}

/** Titles with where they lead. */
export function links(of: Of<readonly SuggestedItem[]>): Variable {
  return { kind: 'links', atMost: 300, of };
}

/** Labels with their figures. */
export function rows(of: Of<readonly Row[]>): Variable {
  return { kind: 'rows', atMost: 120, of };
}

/** What most texts name. */
export const name = text((known) => known.name);
export const cooperativeName = text((known) => known.cooperativeName);
export const statusUrl = url((known) => known.statusUrl);
