/** `load --resume`: an interrupted load continues against the same server, by whole blocks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { c10k, start } from '../../support/command.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';
import { pretend } from '../../support/liar.js';

/** Two trials in each of two blocks. The last trial has all connections from the eighth on. */
const SIZES = ['--conns', '2,3', '--repeat', '3', '--trials', '2', '--timeout', '60s'];
const IN_THE_LAST = 8;

interface Record {
  readonly trial: number;
  readonly error: string | null;
}

function recordsIn(path: string): readonly Record[] {
  const lines = readFileSync(join(path, 'trials.jsonl'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record);
}

t.test('only the interrupted block is repeated, from its first trial', async (t) => {
  const directory = t.testdir();
  let mayAnswer = false;
  let held = 0;
  const port = await pretend(t, (socket, nth) => {
    const isHeld = nth >= IN_THE_LAST && !mayAnswer;
    if (isHeld) held++;
    if (isHeld) socket.resume();
    else socket.pipe(socket);
  });
  const target = ['--target', `${HOST}:${port}`];
  const { child, ended } = start(directory, 'load', ...target, ...SIZES, '--output', 'out');
  t.teardown(() => child.kill('SIGKILL'));
  await eventually('the last trial is held', () => held > 0);
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  t.equal(code, 130);
  t.match(stdout, /continue with: npm run bench -- load --resume out\n/);

  mayAnswer = true;
  const other = await c10k(directory, 'echo', '--resume', 'out');
  t.equal(other.code, 2);
  t.equal(other.stderr, 'c10k: --resume out: a run of load; allowed: a run of echo\n');
  const resumed = await c10k(directory, 'load', '--resume', 'out', '--quiet');
  t.equal(resumed.code, 0, resumed.stderr);
  t.same(
    recordsIn(join(directory, 'out')).map(({ trial, error }) => [trial, error === null]),
    [1, 2, 3, 4, 3, 4].map((trial, i) => [trial, i !== 3]),
  );
  t.match(JSON.parse(readFileSync(join(directory, 'out', 'summary.json'), 'utf8')), [
    { connections: 2, trials: 2, valid: 2 },
    { connections: 3, trials: 2, valid: 2 },
  ]);
});

t.test('a load with --at cannot be resumed', async (t) => {
  const directory = t.testdir();
  const port = await pretend(t, (socket) => void socket.pipe(socket));
  const load = ['--target', `${HOST}:${port}`, '--conns', '2', '--repeat', '2', '--quiet'];
  t.equal((await c10k(directory, 'load', ...load, '--output', 'out')).code, 0);
  const file = join(directory, 'out', 'run.json');
  const header = JSON.parse(readFileSync(file, 'utf8'));
  t.equal(header.options.at, null);
  header.options.at = Date.now();
  writeFileSync(file, JSON.stringify(header));
  const { code, stderr } = await c10k(directory, 'load', '--resume', 'out');
  t.equal(code, 2);
  t.equal(stderr, 'c10k: --resume out: a load with --at; allowed: one without\n');
});
