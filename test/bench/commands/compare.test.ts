/** `compare` on the command line: two runs, or several on each side. */
import { randomUUID } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { c10k } from '../../support/command.js';
import { HOST } from '../../support/host.js';

/** Copies the figures to another run, because measuring takes longer than the rest of the test. */
function copyRun(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  const { id } = JSON.parse(readFileSync(join(from, 'run.json'), 'utf8'));
  const other = randomUUID();
  for (const name of ['run.json', 'trials.jsonl']) {
    const file = join(to, name);
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(id, other));
  }
}

t.test('runs of two sides are compared', async (t) => {
  const directory = t.testdir();
  const load = ['--server', 'epoll', '--conns', '4', '--repeat', '20', '--trials', '2'];
  for (const name of ['a', 'b']) await c10k(directory, ...load, '--host', HOST, '--output', name);
  copyRun(join(directory, 'a'), join(directory, 'c'));
  copyRun(join(directory, 'b'), join(directory, 'd'));
  const compare = (...args: readonly string[]) => c10k(directory, 'compare', ...args);

  const two = await compare('a', 'b');
  t.match(two, { code: 0, stdout: /epoll .* unknown/ });
  const four = await compare('a', 'c', '--with', 'b', 'd', '--json');
  t.equal(four.code, 0, four.stderr);
  // The number of runs with a figure depends on the machine, because a busy one makes trials invalid.
  t.match(JSON.parse(four.stdout), [{ cell: { server: 'epoll' }, runs: { a: Number, b: Number } }]);
  const file = join(directory, 'c', 'run.json');
  const run = JSON.parse(readFileSync(file, 'utf8'));
  const own = run.environment.tcp.congestionControl;
  for (const cell of [...run.plan.cells, ...run.plan.controls]) cell.congestion = own;
  run.environment.tcp.congestionControl = 'other';
  writeFileSync(file, JSON.stringify(run));
  t.match(await compare('a', 'c'), { code: 0 }, "the system's congestion control, set explicitly");
  for (const cell of [...run.plan.cells, ...run.plan.controls]) cell.congestion = null;
  writeFileSync(file, JSON.stringify(run));
  t.match(await compare('a', 'c'), { code: 2, stderr: /--congestion: \S+ against other/ });
  t.match(await compare('a', 'a'), { code: 2, stderr: /given twice/ });
  t.match(await compare('a'), { code: 2 });
  writeFileSync(join(directory, 'd', 'trials.jsonl'), '');
  t.match(await compare('a', 'd'), { code: 2, stderr: /d has no finished trial/ });
});
