/** The file service for tests: its wire formats, written without c10k's code. */
import { readdirSync } from 'node:fs';
import type { Test } from 'tap';
import type { NamedOptions } from '../../lib/native-data.js';
import type { Peer } from './peer.js';

export type Bytes = string | Uint8Array;

export interface WireFormat {
  readonly name: 'base64' | 'raw';
  /** LIST, GET name or DELETE name. */
  readonly command: (line: Bytes) => Buffer;
  readonly upload: (name: Bytes, content: Bytes) => Buffer;
  /** The reply to UPLOAD and DELETE. */
  readonly done: Buffer;
  readonly content: (bytes: Bytes) => Buffer;
  readonly listing: (names: readonly string[]) => Buffer;
  readonly error: (why: string) => Buffer;
}

export function joined(...parts: readonly Bytes[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array)));
}

const EMPTY_LINE = '\r\n\r\n';

function json(status: string, data: string): Buffer {
  return Buffer.from(`{"status":"${status}","data":${data}}${EMPTY_LINE}`);
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
const base64 = (bytes: Bytes) => Buffer.from(bytes as Uint8Array).toString('base64');

const BASE64: WireFormat = {
  name: 'base64',
  command: (line) => joined(line, EMPTY_LINE),
  upload: (name, content) => joined('UPLOAD ', name, ' ', base64(content), EMPTY_LINE),
  done: json('OK', 'null'),
  content: (bytes) => json('OK', `"${base64(bytes)}"`),
  listing: (names) => json('OK', `[${names.map(quoted)}]`),
  error: (why) => json('ERROR', `"${why}"`),
};

function framed(bytes: Bytes): Buffer {
  return joined(`OK ${Buffer.byteLength(bytes)}\n`, bytes);
}

const RAW: WireFormat = {
  name: 'raw',
  command: (line) => joined(line, '\n'),
  upload: (name, content) => joined('UPLOAD ', name, ` ${Buffer.byteLength(content)}\n`, content),
  done: framed(''),
  content: framed,
  listing: (names) => framed(names.map((name) => `${name}\n`).join('')),
  error: (why) => Buffer.from(`ERROR ${why}\n`),
};

export const WIRES: readonly WireFormat[] = [BASE64, RAW];

export function filesService(
  { name }: Pick<WireFormat, 'name'>,
  storage: string,
  options: NamedOptions['options'] = {},
): NamedOptions {
  return { name: 'files', options: { wire: name, storage, ...options } };
}

/** All entries of a storage, also hidden ones. */
export function entriesOf(storage: string): string[] {
  return readdirSync(storage).sort();
}

/** Bytes of all values, different for each seed. */
export function binary(length: number, seed = 0): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0, state = seed; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** Checks that the file `kept` is sent. */
export async function isServed(
  t: Test,
  peer: Peer,
  wire: WireFormat,
  kept: Buffer,
  behind: string,
): Promise<void> {
  peer.push(wire.command('GET kept'));
  const reply = wire.content(kept);
  t.ok((await peer.read(reply.length)).equals(reply), `served behind ${behind}`);
}
