/** Errors are values: whatever can go wrong outside this page comes back as a `Problem`, with a sentence for a person. */

export interface Problem {
  readonly kind:
    | 'unreachable' // the server did not answer
    | 'conflict' // another tab or device wrote under the same number
    | 'refused' // the server or the engine said no, and why
    | 'unreadable' // an answer that is not what was agreed
    | 'stopped' // the engine's worker ended
    | 'aborted'; // nobody wants the answer any more
  readonly text: string;
}

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: Problem };

/** "no trial runs" of an engine, as it stands between other sentences: "No trial runs." */
export const asSentence = (text: string): string =>
  text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const err = (kind: Problem['kind'], text: string): Result<never> => ({
  ok: false,
  problem: { kind, text },
});
