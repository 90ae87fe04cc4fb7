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
  const close = (to: number) => {
    const part = text.slice(from, to).trim();
    if (part !== '') found.push(part);
    from = to + 1;
  };
  for (let i = 0; i < text.length; i += 1) {
    switch (text.charCodeAt(i)) {
      case QUOTE:
        i = endOfString(text, i);
        break;
      case BRACKET:
      case BRACE:
        if (depth === 0) from = i + 1;
        depth += 1;
        break;
      case BRACKET_END:
      case BRACE_END:
        depth -= 1;
        if (depth === 0) close(i);
        break;
      case COMMA:
        if (depth === 1) close(i);
    }
  }
  return found;
}

const [QUOTE, COMMA, BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x22, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d];

/** The place of the quotation mark that ends the text which begins at `open`. */
function endOfString(text: string, open: number): number {
  for (let end = text.indexOf('"', open + 1); 0 <= end; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}
