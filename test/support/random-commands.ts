/** Commands of the file service that a seed determines: valid ones, often changed at random places. */
import { seeded } from '../../lib/random.js';
import { binary, joined, type WireFormat } from './files.js';

const NAMES: readonly Uint8Array[] = [
  ...['a', 'a', 'B', '\u00fc', 'n'.repeat(255), 'n'.repeat(256), '', '.x', 'a/b', 'a b'],
  'a\tb',
].map((name) => Buffer.from(name));

const TOKENS: readonly Uint8Array[] = [
  ...['\n', '\r', '\r\n\r\n', ' ', '\0', '=', '\u00df', '/', '.', '-1', '0', 'UPLOAD a '],
  ...[
    '18446744073709551621',
    '4611686018427387905',
    'LIST',
    'get a',
    'UPLOAD a 5\n',
    '\u00b5',
    'LIST ',
  ],
  ...['QQ==', 'QUI=', 'UPLOAD a QQ==\r\n\r\n', '!'],
].map((token) => Buffer.from(token, 'latin1'));

export class RandomCommands {
  readonly #random: () => number;

  constructor(
    readonly wire: WireFormat,
    /** The most bytes of an upload. */
    readonly largest: number,
    seed: number,
  ) {
    this.#random = seeded(seed);
  }

  /** What one peer sends. */
  next(): Buffer {
    const commands = Array.from({ length: 1 + this.#below(5) }, () => this.#command());
    let text = joined(...commands);
    for (let left = this.#below(4); left > 0; left--) text = this.#changed(text);
    return text;
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  #of<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }

  #command(): Buffer {
    const { command, upload } = this.wire;
    const name = this.#of(NAMES);
    const verb = this.#of(['LIST', 'GET ', 'DELETE ', 'UPLOAD', 'UPLOAD', 'delete ']);
    if (verb === 'LIST') return command(verb);
    if (verb !== 'UPLOAD') return command(joined(verb, name));
    const length = this.#of([0, 1, 2, 3, 50, 51, this.largest, this.largest + 1, 100_000]);
    return upload(name, binary(length, this.#below(1000)));
  }

  #changed(text: Buffer): Buffer {
    const at = this.#below(text.length + 1);
    const end = Math.min(text.length, at + this.#below(10));
    const [before, rest, behind] = [text.subarray(0, at), text.subarray(at), text.subarray(end)];
    switch (this.#below(5)) {
      case 0:
        return joined(before, Buffer.from([this.#below(256)]), behind);
      case 1:
        return joined(before, behind);
      case 2:
        return joined(before, this.#of(TOKENS), rest);
      case 3:
        return joined(before, this.#of(TOKENS), behind);
      default:
        return joined(before, text.subarray(at, end), rest);
    }
  }
}
