/**
 * The wire format `base64`. A command ends with an empty line, and UPLOAD name is followed by a space and the content in
 * base64 before it. A reply is JSON, ended by an empty line too.
 */
import { Base64Decoder } from './base64.js';
import {
  type Command,
  lost,
  named,
  operationOf,
  parseCommand,
  refused,
  splitVerb,
} from './command.js';
import { LONGEST_NAME } from './storage.js';
import type { Content, ContentReader, Head, Wire } from './wire.js';

const END = '\r\n\r\n';
const CARRIAGE_RETURN = 13;
const NOTHING = Buffer.alloc(0);
/** The longest command without a content. */
const LONGEST_HEAD = 7 + LONGEST_NAME + 1 + END.length;
/** Characters that are encoded or decoded at once, and their bytes. */
const CHARACTERS = 64 * 1024;
const BYTES = (CHARACTERS / 4) * 3;

export const base64Wire: Wire = {
  readHead,
  openContent,
  mostReceived: (length) => Math.ceil(length / 3) * 4 + END.length,
  download: {
    head: () => '{"status":"OK","data":"',
    partBytes: BYTES,
    encode: (bytes) => Buffer.from(bytes.toString('base64'), 'latin1'),
    tail: `"}${END}`,
    isVerbatim: false,
  },
  confirmation: `{"status":"OK","data":null}${END}`,
  refusal: (why) => `${JSON.stringify({ status: 'ERROR', data: why })}${END}`,
  listing: (names) => `${JSON.stringify({ status: 'OK', data: names })}${END}`,
};

function readHead(unread: Buffer): Head | undefined {
  const text = unread.toString('latin1', 0, LONGEST_HEAD);
  const end = text.indexOf(END);
  const line = end < 0 ? text : text.slice(0, end);
  const upload = readUpload(line);
  if (upload) return upload;
  if (end >= 0) return { command: withoutContent(line), bytes: end + END.length };
  if (text.length < LONGEST_HEAD) return undefined;
  return { command: lost('', 'command too long'), bytes: text.length };
}

/** UPLOAD up to the space behind its name. */
function readUpload(line: string): Head | undefined {
  const [verb, rest] = splitVerb(line);
  if (rest === undefined || operationOf(verb) !== 'upload') return undefined;
  const [name, content] = splitVerb(rest);
  if (content === undefined) return undefined;
  return { command: named('upload', name), bytes: line.length - content.length };
}

/** UPLOAD without a content is refused as a whole: nothing follows. */
function withoutContent(line: string): Command {
  const [verb, rest] = splitVerb(line);
  if (operationOf(verb) !== 'upload') return parseCommand(line);
  return refused('', rest === undefined || rest.length === 0 ? 'no name' : 'no content');
}

function openContent(): ContentReader {
  const decoder = new ContentDecoder();
  return (unread) => decoder.read(unread);
}

/** Characters of base64 up to an empty line. */
class ContentDecoder {
  readonly #decoder = new Base64Decoder(CHARACTERS);
  /** Characters of the empty line. */
  #ended = 0;
  #isWrong = false;

  /** Reads until bytes are decoded, which must be used before others. */
  read(unread: Buffer): Content {
    let bytes: Buffer = NOTHING;
    let read = 0;
    while (read < unread.length && this.#ended < END.length && bytes.length === 0) {
      const rest = unread.subarray(read);
      if (this.#ended > 0 || rest[0] === CARRIAGE_RETURN) {
        read += this.#readEnd(rest);
      } else {
        const characters = charactersOf(rest);
        read += characters.length;
        if (!this.#isWrong) bytes = this.#decoder.decode(characters);
      }
    }
    const isWhole = this.#ended === END.length;
    return { read, bytes, isWhole, error: this.#isRight(isWhole) ? undefined : 'bad base64' };
  }

  #isRight(isWhole: boolean): boolean {
    if (this.#isWrong || this.#decoder.hasFailed) return false;
    return !isWhole || this.#decoder.isComplete;
  }

  /** Returns how much of an empty line is at the beginning. What follows an incomplete one may be the start of another. */
  #readEnd(rest: Buffer): number {
    for (let read = 0; read < rest.length; read++) {
      if (rest[read] !== END.charCodeAt(this.#ended)) {
        this.#isWrong = true;
        this.#ended = 0;
        return read;
      }
      if (++this.#ended === END.length) return read + 1;
    }
    return rest.length;
  }
}

/** Those before the end, at most as many as are decoded at once. */
function charactersOf(rest: Buffer): Buffer {
  const end = rest.indexOf(CARRIAGE_RETURN);
  return rest.subarray(0, Math.min(end < 0 ? rest.length : end, CHARACTERS));
}
