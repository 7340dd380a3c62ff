// What is thrown for bad input: always one line, for it is all that the user gets to read.

const LONGEST = 40;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Wrong use of the command line; nothing has been started yet. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(message: string) {
    super(printable(message));
  }
}

/** Refuses one value, in the form that `option` completes with the option's name. */
export function refuse(text: string, wrong: string, allowed: string): never {
  throw new UsageError(`${shown(text)}: ${wrong}; allowed: ${allowed}`);
}

/** A value as it stands in a message: printable, short, and quoted where blanks would hide. */
export function shown(text: string): string {
  const characters = [...printable(text)];
  const cut = characters.length > LONGEST;
  const short = cut ? `${characters.slice(0, LONGEST - 1).join('')}…` : characters.join('');
  return short !== '' && short.trim() === short ? short : `"${short}"`;
}

// Not line breaks alone: escape sequences and direction marks can forge what a terminal shows.
function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => ESCAPES.get(character) ?? `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
