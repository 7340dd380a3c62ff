/**
 * The wire format `raw`. A command is a line; UPLOAD name n is followed by n bytes. A reply is `OK n` in a line and n
 * bytes, or `ERROR why` in a line.
 */
import { type Command, lost, named, operationOf, parseCommand, splitVerb } from './command.js';
import { LONGEST_NAME } from './storage.js';
import type { ContentReader, Head, Wire } from './wire.js';

/** The longest line: a verb, a name, a length and spaces. */
const LONGEST_LINE = 7 + LONGEST_NAME + 1 + 20 + 1;
const LONGEST_CONTENT = 1n << 62n;
const PART = 64 * 1024;

export const rawWire: Wire = {
  readHead,
  openContent,
  mostReceived: (length) => length,
  download: {
    head: (length) => `OK ${length}\n`,
    partBytes: PART,
    encode: (bytes) => bytes,
    tail: '',
    isVerbatim: true,
  },
  confirmation: 'OK 0\n',
  refusal: (why) => `ERROR ${why}\n`,
  listing: (names) => {
    const text = names.map((name) => `${name}\n`).join('');
    return `OK ${Buffer.byteLength(text)}\n${text}`;
  },
};

function readHead(unread: Buffer): Head | undefined {
  const text = unread.toString('latin1', 0, LONGEST_LINE);
  const end = text.indexOf('\n');
  if (end >= 0) return { command: parseLine(text.slice(0, end)), bytes: end + 1 };
  if (text.length < LONGEST_LINE) return undefined;
  return { command: lost('', 'line too long'), bytes: text.length };
}

function parseLine(line: string): Command {
  const [verb, rest = ''] = splitVerb(line);
  return operationOf(verb) === 'upload' ? parseUpload(rest) : parseCommand(line);
}

/** A name may have spaces. */
function parseUpload(rest: string): Command {
  const space = rest.lastIndexOf(' ');
  if (space < 0) return lost('upload', 'no length');
  const digits = rest.slice(space + 1);
  if (!/^\d+$/.test(digits) || BigInt(digits) > LONGEST_CONTENT)
    return lost('upload', 'bad length');
  return { ...named('upload', rest.slice(0, space)), length: Number(digits) };
}

function openContent(length: number): ContentReader {
  let left = length;
  return (unread) => {
    const bytes = unread.subarray(0, left);
    left -= bytes.length;
    return { read: bytes.length, bytes, isWhole: left === 0 };
  };
}
