/** One short trial of transfers by the simplest client: bytes per CPU-second of the server, and seconds per transfer. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Server } from '../../lib/server/server.js';
import { startServer } from '../../lib/server/start.js';
import { withAffinity } from '../../lib/system/affinity.js';
import { compile } from './compile.js';
import { headBytes, httpRequest } from './nginx.js';
import type { Measured } from './paired.js';
import type { PlainResult } from './plain-client.js';
import { CPUS } from './trial.js';

const client = compile('transfer-client', ['test/overhead/transfer-client.cc']);
const loop = compile('receiving-loop', ['test/overhead/receiving-loop.cc']);
const BACKLOG = 64;
const DONE = 'OK 0\n';

export type Operation = 'download' | 'upload';

/** A file of the storage: its name and length. */
export interface SizedFile {
  readonly name: string;
  readonly bytes: number;
}

/** What the client sends, and the length of the reply. */
interface Exchange {
  readonly request: string;
  readonly contentBytes: number;
  readonly replyBytes: number;
}

/** A server of files, and how to transfer one. */
export interface FileServer {
  readonly model: string;
  exchange(server: Server): Exchange | Promise<Exchange>;
}

export interface TransferCost extends Measured {
  readonly secondsEach: number;
}

/** c10k's, with the wire format `raw`. */
export function served(model: string, operation: Operation, file: SizedFile): FileServer {
  const { name, bytes } = file;
  const head = `OK ${bytes}\n`;
  const exchange =
    operation === 'download'
      ? { request: `GET ${name}\n`, contentBytes: 0, replyBytes: head.length + bytes }
      : { request: `UPLOAD ${name} ${bytes}\n`, contentBytes: bytes, replyBytes: DONE.length };
  return { model, exchange: () => exchange };
}

export function servedByNginx(model: string, { name, bytes }: SizedFile): FileServer {
  const request = httpRequest(name);
  return {
    model,
    exchange: async ({ port }) => ({
      request,
      contentBytes: 0,
      replyBytes: (await headBytes(port, request)) + bytes,
    }),
  };
}

export function receivedByLoop({ name, bytes }: SizedFile, bufferBytes: number): FileServer {
  return {
    model: `cmd:exec ${loop} {port} {storage}/${name} ${bytes} ${bufferBytes}`,
    exchange: () => ({ request: '', contentBytes: bytes, replyBytes: DONE.length }),
  };
}

export function startFiles(model: string, storage: string, wire = 'raw'): Promise<Server> {
  const service = { name: 'files', options: { wire, storage } };
  const common = { service, host: '127.0.0.1', port: 0, processes: 1, loops: 1 };
  return startServer({ ...common, model, backlog: BACKLOG, cpus: CPUS.server });
}

/** A new server, one transfer that is not measured, then others for the given time. */
export async function transferCost(
  { model, exchange }: FileServer,
  storage: string,
  { bytes, seconds }: { readonly bytes: number; readonly seconds: number },
): Promise<TransferCost> {
  const server = await startFiles(model, storage);
  try {
    const asked = await exchange(server);
    await transfer(server, asked, 0);
    const from = server.cpuTime();
    const done = await transfer(server, asked, seconds);
    const cpuSeconds = (server.cpuTime().ns - from.ns) / 1e9;
    return {
      value: (done.requests * bytes) / cpuSeconds,
      secondsEach: done.seconds / done.requests,
    };
  } finally {
    await server.stop();
  }
}

async function transfer(
  { port }: Server,
  { request, contentBytes, replyBytes }: Exchange,
  seconds: number,
): Promise<PlainResult> {
  const args = [port, seconds, request, contentBytes, replyBytes].map(String);
  const cpus = CPUS.client.slice(0, 1);
  const { stdout } = await withAffinity(cpus, () => promisify(execFile)(client, args));
  return JSON.parse(stdout);
}
