/**
 * `serve` under many short connections: `npm run test:soak:serve -- [--seconds N] [--rate N] [--server NAME]`. Its memory
 * must stay flat, and every connection must have its row.
 */
import { execFile, execFileSync } from 'node:child_process';
import { createReadStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { treeOf } from '../../lib/system/process-tree.js';
import { parseField, readText } from '../../lib/system/procfs.js';
import { printed, start } from '../support/command.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FLAGS = ['-std=c++20', '-O2', '-Wall', '-Wextra', '-pthread'];
/** Shares of the time: heaps have reached their size by EARLY, and are compared with those from LATE on. */
const EARLY = [0.1, 0.3] as const;
const LATE = [0.8, 1] as const;
/** Memory not yet collected. Kept rows of 72 bytes would add 70 MiB at 25,000 a second for a minute. */
const SLACK_BYTES = 48 * 2 ** 20;
const MIB = 2 ** 20;

function compileClient(): string {
  const program = join(ROOT, 'build/churn');
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const args = [...FLAGS, 'test/soak/churn.cc', '-o', program];
  execFileSync(process.env.CXX ?? 'c++', args, { cwd: ROOT, stdio: 'inherit' });
  return program;
}

/** Of the command and its server processes together. */
function residentBytes(root: number): number {
  return treeOf(root).reduce((total, pid) => {
    const field = parseField(readText(`/proc/${pid}/status`), 'VmRSS') ?? '0';
    return total + Number.parseInt(field, 10) * 1024;
  }, 0);
}

async function listed(path: string): Promise<{ rows: number; requests: number }> {
  let lines = 0;
  let requests = 0;
  for await (const line of createInterface(createReadStream(path)))
    if (lines++ > 0) requests += Number(line.split(',')[6]);
  return { rows: lines - 1, requests };
}

/** The maximum of the samples between two shares of the time. */
function most(samples: readonly number[], [from, to]: readonly [number, number]): number {
  return Math.max(...samples.slice(samples.length * from, Math.ceil(samples.length * to)));
}

async function soak(model: string, rate: number, seconds: number): Promise<boolean> {
  const directory = mkdtempSync(join(tmpdir(), 'c10k-soak-'));
  const options = ['--server', model, '--port', '0', '--output', 'list'];
  const { child, ended } = start(directory, 'serve', ...options);
  try {
    const [, port = ''] = await printed(child, /listening on \S+:(\d+)\n/);
    const samples: number[] = [];
    const churn = promisify(execFile)(client, [port, `${rate}`, `${seconds}`]);
    let over = false;
    churn.finally(() => {
      over = true;
    });
    for (; !over; await pause(500)) samples.push(residentBytes(child.pid ?? 0));
    const made = JSON.parse((await churn).stdout);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    const { rows, requests } = await listed(join(directory, 'list/server.csv'));
    const [early, late] = [most(samples, EARLY), most(samples, LATE)];
    const whole = rows === made.finished && requests === rows && made.failed === 0 && code === 0;
    const flat = late - early < SLACK_BYTES;
    const figures = [
      `${model}: ${made.finished} connections in ${made.seconds} s`,
      `${Math.round(made.finished / made.seconds)}/s`,
      `${made.failed} failed`,
      `${rows} rows`,
      `resident ${Math.round(early / MIB)} MiB, later ${Math.round(late / MIB)} MiB`,
      `${whole ? 'every row' : 'ROWS DIFFER'}, ${flat ? 'flat' : 'GROWS'}`,
    ];
    console.log(`${figures.join(', ')}${stderr && `\n${stderr}`}`);
    return whole && flat;
  } finally {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true });
  }
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '25000' },
    server: { type: 'string', default: 'epoll' },
  },
});
const client = compileClient();
for (const model of values.server.split(','))
  if (!(await soak(model, Number(values.rate), Number(values.seconds)))) process.exitCode = 1;
