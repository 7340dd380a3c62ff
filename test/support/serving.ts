/** `c10k serve` as a user runs it, and its list as it grows on disk. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { treeOf } from '../../lib/system/process-tree.js';
import { type Command, printed, start } from './command.js';
import { HOST } from './host.js';

export interface Serving extends Command {
  readonly port: number;
  /** Process ids of its server processes and of their child processes. */
  readonly pids: readonly number[];
  /** Complete rows of server.csv that are on disk now. */
  rows(): readonly Readonly<Record<string, string>>[];
  /** The text of one of its files. */
  text(file: string): string;
}

export async function startServing(t: Test, ...args: readonly string[]): Promise<Serving> {
  const directory = t.testdir();
  const where = ['--host', HOST, '--port', '0', '--output', 'list'];
  const command = start(directory, 'serve', ...where, ...args);
  return serving(t, directory, command);
}

/** Resolves when it listens. */
export async function serving(t: Test, directory: string, command: Command): Promise<Serving> {
  t.teardown(() => command.child.kill('SIGKILL'));
  const [, port] = await printed(command.child, /listening on \S+:(\d+)\n/);
  const text = (file: string) => readFileSync(join(directory, 'list', file), 'utf8');
  const { pid: root = 0 } = command.child;
  return {
    ...command,
    port: Number(port),
    get pids() {
      return treeOf(root).filter((pid) => pid !== root);
    },
    text,
    rows: () => rowsIn(text('server.csv')),
  };
}

function rowsIn(text: string): Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = text.split('\n').slice(0, -1);
  const names = head.split(',');
  return lines.map((line) => {
    const values = line.split(',');
    return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']));
  });
}
