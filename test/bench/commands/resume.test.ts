/** Resuming runs that ended in unusual ways. */
import { readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { lockRun } from '../../../bench/store/run-lock.js';
import { c10k } from '../../support/command.js';

const SIZES = ['--conns', '3', '--repeat', '3', '--trials', '2', '--quiet', '--output', 'out'];

/** Holds a run that both tests use, one after the other. */
const directory = t.testdir();

t.test('a truncated record is removed, and its whole block is repeated', async (t) => {
  t.equal((await c10k(directory, ...SIZES)).code, 0);
  const path = join(directory, 'out', 'trials.jsonl');
  const whole = readFileSync(path, 'utf8').trimEnd().split('\n');
  truncateSync(path, statSync(path).size - 100);

  const { code, stderr } = await c10k(directory, '--resume', 'out', '--quiet');
  t.equal(code, 0);
  t.match(stderr, /^c10k: out: the last record is incomplete; its block is repeated\n/);
  const trials = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { trial: number });
  t.equal(whole.length, 4);
  t.strictSame(
    trials.map(({ trial }) => trial),
    [1, 2, 3, 3, 4],
    'the repeated trial has a second record, which replaces the first',
  );
  const report = await c10k(directory, 'report', 'out');
  t.equal(report.code, 0, report.stderr);
});

t.test('a run that is still being measured is not resumed', async (t) => {
  const { id } = JSON.parse(readFileSync(join(directory, 'out', 'run.json'), 'utf8'));
  const release = await lockRun('out', id);
  const refused = await c10k(directory, '--resume', 'out', '--quiet');
  t.equal(refused.code, 2);
  t.equal(
    refused.stderr,
    'c10k: --resume out: still being measured; allowed: a run that has ended\n',
  );
  release();
  t.equal((await c10k(directory, '--resume', 'out', '--quiet')).code, 0);
});
