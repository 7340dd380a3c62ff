/** Decodes base64 as in RFC 4648 section 4, with padding, as native/base/base64.h: strictly. */

const GROUP = 4;
const EQUALS = '=';

/**
 * Decodes a text that arrives in parts of any length. Buffer's decoder skips what is wrong; a text without errors is
 * the one that the decoded bytes are encoded as.
 */
export class Base64Decoder {
  readonly #bytes: Buffer;
  /** The start of a group. */
  #held = '';
  /** By padding. */
  #hasEnded = false;
  #hasFailed = false;

  /** `most`: the most characters in a part. */
  constructor(most: number) {
    this.#bytes = Buffer.allocUnsafe(Math.ceil((most + GROUP - 1) / GROUP) * 3);
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Whether the text can end here. */
  get isComplete(): boolean {
    return !this.#hasFailed && this.#held === '';
  }

  /** The bytes of the groups before the first error, valid until the next call. */
  decode(part: Buffer): Buffer {
    if (this.#hasFailed || part.length === 0) return this.#bytes.subarray(0, 0);
    const text = this.#held + part.toString('latin1');
    const whole = text.length - (text.length % GROUP);
    this.#held = text.slice(whole);
    const groups = text.slice(0, whole);
    const right = this.#hasEnded ? 0 : this.#decodeGroups(groups);
    this.#hasEnded ||= groups[right - 1] === EQUALS;
    this.#hasFailed = right < whole || (this.#hasEnded && this.#held !== '');
    return this.#bytes.subarray(0, bytesIn(groups, right));
  }

  /** Returns how many characters are in the groups before the first error. */
  #decodeGroups(groups: string): number {
    const count = this.#bytes.write(groups, 'base64');
    const encoded = this.#bytes.toString('base64', 0, count);
    if (encoded === groups) return groups.length;
    let same = 0;
    while (same < encoded.length && encoded[same] === groups[same]) same++;
    return same - (same % GROUP);
  }
}

/** Of so many characters of groups without errors. */
function bytesIn(groups: string, characters: number): number {
  const padding =
    (groups[characters - 1] === EQUALS ? 1 : 0) + (groups[characters - 2] === EQUALS ? 1 : 0);
  return (characters / GROUP) * 3 - padding;
}
