/** User memory of a server per transfer in progress. */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../../lib/server/server.js';
import { type Operation, type SizedFile, startFiles } from './transfer-trial.js';

const POLL_MS = 100;
/** Equal readings in succession after which nothing moves any more. */
const EQUAL_READINGS = 5;

/**
 * Begins transfers that the clients hold: a download without reading it, an upload without its last
 * byte; and compares the server's memory before and after.
 */
export async function bytesPerTransfer(
  model: string,
  wire: 'raw' | 'base64',
  operation: Operation,
  { storage, file, transfers }: { storage: string; file: SizedFile; transfers: number },
): Promise<number> {
  const server = await startFiles(model, storage, wire);
  const sockets: Socket[] = [];
  try {
    const before = await settled(server);
    for (let i = 0; i < transfers; i++) sockets.push(await open(server.port));
    await Promise.all(
      sockets.map((socket, i) => send(socket, begun(wire, operation, file, `part-${i}`))),
    );
    return ((await settled(server)) - before) / transfers;
  } finally {
    for (const socket of sockets) socket.destroy();
    await server.stop();
  }
}

function begun(wire: string, operation: Operation, file: SizedFile, name: string): Buffer[] {
  const end = wire === 'raw' ? '\n' : '\r\n\r\n';
  if (operation === 'download') return [Buffer.from(`GET ${file.name}${end}`)];
  const content = contentOf(file.bytes);
  const head = wire === 'raw' ? `UPLOAD ${name} ${content.length + 1}\n` : `UPLOAD ${name} `;
  return [Buffer.from(head), content];
}

let made = Buffer.alloc(0);

/** Also valid base64. */
function contentOf(bytes: number): Buffer {
  if (made.length !== bytes) made = Buffer.alloc(bytes, 'A');
  return made;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
    socket.pause();
  });
}

async function send(socket: Socket, parts: readonly Buffer[]): Promise<void> {
  for (const part of parts)
    await new Promise<void>((resolve, reject) => {
      socket.write(part, (error) => (error ? reject(error) : resolve()));
    });
}

/** The server's anonymous memory when it no longer changes. */
async function settled(server: Server): Promise<number> {
  let equal = 0;
  let last = Number.NaN;
  while (equal < EQUAL_READINGS) {
    await sleep(POLL_MS);
    const bytes = server.ownMemory() ?? Number.NaN;
    equal = Math.abs(bytes - last) < 64 * 1024 ? equal + 1 : 0;
    last = bytes;
  }
  return last;
}
