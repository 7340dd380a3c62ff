/** How many connections wait in a listener's accept queue: /proc/net/tcp, see proc(5). */
import { readText } from '../../lib/system/procfs.js';
import { eventually } from './eventually.js';
import { HOST } from './host.js';

/** An address as the kernel prints it: four bytes in host order, as one hexadecimal number. */
function hexadecimal(port: number): string {
  const [word = 0] = new Uint32Array(Uint8Array.from(HOST.split('.').map(Number)).buffer);
  const pad = (value: number, digits: number) =>
    value.toString(16).toUpperCase().padStart(digits, '0');
  return `${pad(word, 8)}:${pad(port, 4)}`;
}

/** 0 where nobody listens. */
function acceptQueue(port: number): number {
  const LISTEN = '0A';
  const row = new RegExp(`: ${hexadecimal(port)} \\S+ ${LISTEN} \\w+:(\\w+) `);
  return Number.parseInt(readText('/proc/net/tcp')?.match(row)?.[1] ?? '0', 16);
}

/** Resolves when as many connections wait to be accepted. */
export function queued(port: number, connections: number): Promise<void> {
  return eventually(`${connections} wait to be accepted`, () => acceptQueue(port) === connections);
}
