/**
 * Validators: nothing from the worker or the network is believed until one of them has read it. The types of what they
 * read are derived from them with `Infer`, so that a type can never promise more than was checked.
 */

import { err, ok, type Result } from './result';

export type Shape<T> = (value: unknown, at: string) => T;
export type Infer<S> = S extends Shape<infer T> ? T : never;

class Mismatch extends Error {}

const expected = (what: string, at: string): never => {
  throw new Mismatch(`${at} is not ${what}`);
};

/** Reads a value by its shape. `what` names the value in the sentence of a mismatch. */
export function read<T>(shape: Shape<T>, value: unknown, what: string): Result<T> {
  try {
    return ok(shape(value, what));
  } catch (thrown) {
    if (thrown instanceof Mismatch) return err('unreadable', `An answer could not be read: ${thrown.message}.`);
    throw thrown;
  }
}

/** Reads JSON text by a shape. */
export function readJson<T>(shape: Shape<T>, text: unknown, what: string): Result<T> {
  if (typeof text !== 'string') return err('unreadable', `An answer could not be read: ${what} is not text.`);
  try {
    return read(shape, JSON.parse(text) as unknown, what);
  } catch {
    return err('unreadable', `An answer could not be read: ${what} is not JSON.`);
  }
}

export const string: Shape<string> = (value, at) => (typeof value === 'string' ? value : expected('text', at));

export const boolean: Shape<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : expected('true or false', at);

export const number: Shape<number> = (value, at) =>
  typeof value === 'number' && Number.isFinite(value) ? value : expected('a number', at);

export const count: Shape<number> = (value, at) => {
  const n = number(value, at);
  return Number.isInteger(n) && 0 <= n ? n : expected('a count', at);
};

export const bytes: Shape<Uint8Array> = (value, at) => (value instanceof Uint8Array ? value : expected('bytes', at));

export const nothing: Shape<null> = (value, at) => (value == null ? null : expected('empty', at));

export const oneOf =
  <const T extends string>(...words: readonly T[]): Shape<T> =>
  (value, at) =>
    words.find((word) => word === value) ?? expected(`one of ${words.join(', ')}`, at);

export const nullable =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value, at) =>
    value == null ? null : shape(value, at);

/** What another reader makes of a value of that shape; `null` from it is a mismatch. */
export const parsed =
  <T, U>(shape: Shape<T>, parse: (value: T) => U | null, what: string): Shape<U> =>
  (value, at) =>
    parse(shape(value, at)) ?? expected(what, at);

export const list =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (value, at) =>
    Array.isArray(value) ? value.map((item, i) => shape(item, `${at}[${i}]`)) : expected('a list', at);

export const record =
  <T>(shape: Shape<T>): Shape<Record<string, T>> =>
  (value, at) =>
    Object.fromEntries(Object.entries(members(value, at)).map(([key, item]) => [key, shape(item, `${at}.${key}`)]));

export const object =
  <S extends Record<string, Shape<unknown>>>(fields: S): Shape<{ [K in keyof S]: Infer<S[K]> }> =>
  (value, at) => {
    const given = members(value, at);
    const entries = Object.entries(fields).map(([key, shape]) => [key, shape(given[key], `${at}.${key}`)]);
    return Object.fromEntries(entries) as { [K in keyof S]: Infer<S[K]> };
  };

function members(value: unknown, at: string): Record<string, unknown> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : expected('an object', at);
}
