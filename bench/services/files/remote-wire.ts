/** The wire formats as a client that stores and fetches single files has them: native/service/files. */
import type { FileHandle } from 'node:fs/promises';
import { type Peer, receive, receiveUntil } from './peer.js';

/** The server's answer to a command that it refuses. */
export class Refusal extends Error {}

/** A content in the form in which it is sent. */
export interface SentForm {
  readonly file: FileHandle;
  readonly length: number;
}

export interface RemoteWire {
  readonly command: (line: string) => string;
  /** Before and behind the content; `bytes`: the file's length. */
  readonly upload: (name: string, bytes: number) => string;
  readonly uploadEnd: string;
  /** The reply to an upload or a deletion. Rejects with Refusal. */
  readonly readDone: (peer: Peer) => Promise<void>;
  readonly readNames: (peer: Peer) => Promise<readonly string[]>;
  /** Whether the reply to GET has this content. If not, the rest of the reply is unread. */
  readonly isContent: (peer: Peer, content: SentForm) => Promise<boolean>;
}

/** The longest listing and the longest reply without data. */
const LONGEST_LISTING = 64 << 20;
const LONGEST_STATUS = 4096;

/** Bytes that are compared at a time. */
const PART = 64 << 10;

const END = '\r\n\r\n';
const CONTENT_HEAD = /^\s*\{\s*"status"\s*:\s*"OK"\s*,\s*"data"\s*:\s*"/;

const BASE64: RemoteWire = {
  command: (line) => line + END,
  upload: (name) => `UPLOAD ${name} `,
  uploadEnd: END,
  readDone: async (peer) => void dataOf(await receiveUntil(peer, END, LONGEST_STATUS)),
  readNames: async (peer) => {
    const text = await receiveUntil(peer, END, LONGEST_LISTING);
    const names = dataOf(text);
    const isList = Array.isArray(names) && names.every((name) => typeof name === 'string');
    return isList ? names : badReply(text);
  },
  isContent: async (peer, content) =>
    (await skipContentHead(peer)) &&
    (await isNext(peer, content)) &&
    (await receiveUntil(peer, END, LONGEST_STATUS)).startsWith('"'),
};

/** Consumes what a reply to GET has before its content; false if it has none. */
async function skipContentHead(peer: Peer): Promise<boolean> {
  for (;;) {
    const text = peer.unread().toString('latin1', 0, LONGEST_STATUS);
    const head = text.match(CONTENT_HEAD)?.[0].length;
    if (head !== undefined) {
      peer.consume(head);
      return true;
    }
    if (text.includes(END)) dataOf(await receiveUntil(peer, END, LONGEST_STATUS));
    if (text.includes(END) || text.length === LONGEST_STATUS) return false;
    await peer.more();
  }
}

/** The member `data` of a successful reply. */
function dataOf(text: string): unknown {
  const { status, data } = parsed(text);
  if (status === 'ERROR') throw new Refusal(inOneLine(String(data)));
  return status === 'OK' ? data : badReply(text);
}

function parsed(text: string): { readonly status?: unknown; readonly data?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return badReply(text);
  }
}

const RAW: RemoteWire = {
  command: (line) => `${line}\n`,
  upload: (name, bytes) => `UPLOAD ${name} ${bytes}\n`,
  uploadEnd: '',
  readDone: async (peer) => void (await rawBody(peer, LONGEST_STATUS)),
  readNames: async (peer) => (await rawBody(peer, LONGEST_LISTING)).split('\n').slice(0, -1),
  isContent: async (peer, content) =>
    (await rawLength(peer)) === content.length && (await isNext(peer, content)),
};

/** The length of what follows a successful status line. */
async function rawLength(peer: Peer): Promise<number> {
  const line = await receiveUntil(peer, '\n', LONGEST_STATUS);
  if (line.startsWith('ERROR ')) throw new Refusal(inOneLine(line.slice('ERROR '.length)));
  return /^OK \d+$/.test(line) ? Number(line.slice('OK '.length)) : badReply(line);
}

async function rawBody(peer: Peer, most: number): Promise<string> {
  const length = await rawLength(peer);
  if (length > most) throw new Error('reply too long');
  return receive(peer, length);
}

/** Whether the next bytes are those of the content, all of them. Ends at the first part that differs. */
async function isNext(peer: Peer, { file, length }: SentForm): Promise<boolean> {
  const expected = Buffer.allocUnsafe(Math.min(PART, length));
  for (let position = 0; position < length; ) {
    if (peer.unread().length === 0) await peer.more();
    const part = peer.unread().subarray(0, Math.min(PART, length - position));
    const { bytesRead } = await file.read(expected, 0, part.length, position);
    if (!part.equals(expected.subarray(0, bytesRead))) return false;
    peer.consume(part.length);
    position += part.length;
  }
  return true;
}

function badReply(text: string): never {
  throw new Error(`not a reply of a file server: ${inOneLine(text)}`);
}

/** Others' text is cut, and shown without control characters. */
function inOneLine(text: string): string {
  return text.slice(0, 200).replace(/\p{Cc}+/gu, ' ');
}

export const REMOTE_WIRES: Readonly<Record<string, RemoteWire>> = { base64: BASE64, raw: RAW };
