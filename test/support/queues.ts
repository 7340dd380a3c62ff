/** What waits in the kernel's TCP queues of this machine: /proc/net/tcp of proc(5). */
import { readFileSync } from 'node:fs';

const HEX = 16;
const LOCAL = 1;
const REMOTE = 2;
const QUEUES = 4;

function portOf(endpoint: string | undefined): number {
  return Number.parseInt(endpoint?.split(':')[1] ?? '', HEX);
}

/** Bytes that arrived at the socket of these two ports and haven't been received; an end counts 1. */
export function arrived(localPort: number, remotePort: number): number {
  for (const line of readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1)) {
    const fields = line.trim().split(/\s+/);
    if (portOf(fields[LOCAL]) === localPort && portOf(fields[REMOTE]) === remotePort)
      return Number.parseInt(fields[QUEUES]?.split(':')[1] ?? '', HEX);
  }
  return 0;
}
