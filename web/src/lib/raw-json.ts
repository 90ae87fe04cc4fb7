/**
 * The texts of the parts of a JSON list or object, as they were written. A journal entry must survive byte for byte;
 * parsed and printed again, `60.0` would come out as `60`. The text given must already be known to be JSON.
 */

export function items(text: string): string[] {
  return parts(text);
}

export function member(text: string, name: string): string | null {
  for (const part of parts(text)) {
    const key = /^"((?:[^"\\]|\\.)*)"\s*:\s*/.exec(part);
    if (key?.[1] === name) return part.slice(key[0].length);
  }
  return null;
}

function parts(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  let quoted = false;
  const close = (to: number) => {
    const part = text.slice(from, to).trim();
    if (part !== '') found.push(part);
    from = to + 1;
  };
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c === '\\') i += 1;
      else if (c === '"') quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === '[' || c === '{') {
      if (depth === 0) from = i + 1;
      depth += 1;
    } else if (c === ']' || c === '}') {
      depth -= 1;
      if (depth === 0) close(i);
    } else if (c === ',' && depth === 1) close(i);
  }
  return found;
}
