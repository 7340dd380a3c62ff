/** Compiles and runs the yardsticks of c10k's own client: the simplest there can be, on epoll and on io_uring. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withAffinity } from '../../lib/system/affinity.js';

/** From dist/test/overhead. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const SOURCES = {
  epoll: ['test/overhead/plain-client.cc'],
  io_uring: [
    'test/overhead/uring-client.cc',
    'native/uring/ring.cc',
    'native/uring/buffer_ring.cc',
  ],
} as const;
/** As binding.gyp compiles the addon, or the comparison would be one of compilers. */
const FLAGS = ['-std=c++20', '-O2', '-Wall', '-Wextra', '-Inative'];

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
  const program = join(ROOT, `build/plain-client-${engine}`);
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const args = [...FLAGS, ...SOURCES[engine], '-o', program];
  execFileSync(process.env.CXX ?? 'c++', args, { cwd: ROOT, stdio: 'inherit' });
  return program;
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
