// Errors of invalid input. Each is one line, because nothing else is printed.

const LONGEST = 40;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Invalid usage of the command line; nothing has been started yet. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(printable(message));
  }
}

/** Throws for an invalid value. `option` adds the option's name in front. */
export function refuse(text: string, wrong: string, allowed: string): never {
  throw new UsageError(`${shown(text)}: ${wrong}; allowed: ${allowed}`);
}

/** A value for a message: printable, short, and quoted if it is empty or begins or ends with a blank. */
export function shown(text: string): string {
  const characters = [...printable(text)];
  const cut = characters.length > LONGEST;
  const short = cut ? `${characters.slice(0, LONGEST - 1).join('')}…` : characters.join('');
  return short !== '' && short.trim() === short ? short : `"${short}"`;
}

// Also escape sequences and direction marks, because they can falsify what a terminal shows.
function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => ESCAPES.get(character) ?? `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
