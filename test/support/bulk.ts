/** A server of the bulk protocol for tests, written without c10k's code, and its loads. */
import type { Socket } from 'node:net';
import type { NamedOptions } from '../../lib/native-data.js';

const PERIOD = 65_521;
const MASK = (1n << 64n) - 1n;

/** SplitMix64. */
function mix(n: number): bigint {
  let x = (BigInt(n) + 0x9e3779b97f4a7c15n) & MASK;
  x = ((x ^ (x >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK;
  x = ((x ^ (x >> 27n)) * 0x94d049bb133111ebn) & MASK;
  return x ^ (x >> 31n);
}

const PATTERN = Uint8Array.from({ length: PERIOD }, (_, i) => Number(mix(i) & 0xffn));

export function bulk(op: 'get' | 'put', bytes: number): NamedOptions {
  return { name: 'bulk', options: { op, bytes: String(bytes) } };
}

/** The first bytes of the pattern. */
export function patternOf(bytes: number): Buffer {
  return Buffer.alloc(bytes, PATTERN);
}

async function send(socket: Socket, bytes: number): Promise<void> {
  for (let left = bytes; left > 0 && !socket.destroyed; left -= PERIOD) {
    const some = PATTERN.subarray(0, Math.min(left, PERIOD));
    await new Promise((resolve) => socket.write(some, resolve));
  }
}

/** Serves one connection. The payload of each PUT goes to `received`. */
export function serveBulk(socket: Socket, received: (bytes: Buffer) => void = () => {}): void {
  serve(socket, received).catch(() => {}); // the client reports failed connections
}

async function serve(socket: Socket, received: (bytes: Buffer) => void): Promise<void> {
  let given = Buffer.alloc(0);
  const bytes = socket[Symbol.asyncIterator]();
  const more = async () => {
    const next = await bytes.next();
    if (next.done === true) return false;
    given = Buffer.concat([given, next.value as Buffer]);
    return true;
  };
  for (;;) {
    while (!given.includes('\n')) if (!(await more())) return;
    const end = given.indexOf('\n');
    const [op, count] = given.toString('latin1', 0, end).split(' ');
    given = given.subarray(end + 1);
    if (op === 'GET') {
      await send(socket, Number(count));
      continue;
    }
    while (given.length < Number(count)) if (!(await more())) return;
    received(given.subarray(0, Number(count)));
    given = given.subarray(Number(count));
    socket.write(`OK ${count}\n`);
  }
}
