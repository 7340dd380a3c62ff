/** Compiles and runs the baselines for the client of c10k: minimal clients on epoll and on io_uring. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withAffinity } from '../../lib/system/affinity.js';
import { compile } from './compile.js';

const SOURCES = {
  epoll: ['test/overhead/plain-client.cc'],
  io_uring: [
    'test/overhead/uring-client.cc',
    'native/uring/ring.cc',
    'native/uring/buffer_ring.cc',
  ],
} as const;
export interface PlainLoad {
  readonly port: number;
  readonly connections: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly line: string;
}

export interface PlainResult {
  readonly requests: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** The path of the program. */
export function compilePlainClient(engine: keyof typeof SOURCES): string {
  return compile(`plain-client-${engine}`, SOURCES[engine]);
}

export async function runPlainClient(
  program: string,
  { port, connections, warmupSeconds, seconds, line }: PlainLoad,
  cpus: readonly number[],
): Promise<PlainResult> {
  const args = [port, connections, warmupSeconds, seconds, line].map(String);
  const { stdout } = await withAffinity(cpus, () => promisify(execFile)(program, args));
  return JSON.parse(stdout);
}
