/** Whether markup is well-formed, as far as a test of generated HTML or SVG needs to know. */

const TAG = /<(\/?)([a-z][\w:-]*)((?:\s+[\w:-]+(?:=(?:"[^"<]*"|'[^'<]*'))?)*)\s*(\/?)>/gi;
/** HTML elements without an end tag. */
const VOID = new Set(['meta', 'br', 'link', 'img']);
const ENTITY = /&(?:[a-z]+|#\d+|#x[\da-f]+);/gi;

/** The errors of the markup, one line each; style sheets are not checked. */
export function markupFaults(markup: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const text = markup
    .replace(/^<!doctype html>/i, '')
    .replace(/<style>[^<]*<\/style>/g, '')
    .replace(TAG, (_, closing: string, name: string, __, empty: string) => {
      if (closing) {
        const last = open.pop();
        if (last !== name) faults.push(`</${name}> ends <${last}>`);
      } else if (!empty && !VOID.has(name.toLowerCase())) open.push(name);
      return ' ';
    });
  if (open.length > 0) faults.push(`not ended: ${open.join(', ')}`);
  const stray = /[<>]|&/.exec(text.replace(ENTITY, ''));
  if (stray)
    faults.push(
      `stray ${stray[0]} in: ${text.slice(Math.max(0, stray.index - 30), stray.index + 30)}`,
    );
  return faults;
}

/** The attributes of each element of this name, in order. */
export function elementsOf(markup: string, name: string): Readonly<Record<string, string>>[] {
  return [...markup.matchAll(TAG)]
    .filter(([, closing, tag]) => closing === '' && tag === name)
    .map(([, , , attributes = '']) =>
      Object.fromEntries(
        [...attributes.matchAll(/([\w:-]+)=(?:"([^"]*)"|'([^']*)')/g)].map(([, key, a, b]) => [
          key,
          a ?? b ?? '',
        ]),
      ),
    );
}

/** The text of each element of this name that contains no other element, with its entities. */
export function textsOf(markup: string, name: string): string[] {
  return [...markup.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([^<]*)</${name}>`, 'g'))].map(
    ([, text = '']) => text,
  );
}
