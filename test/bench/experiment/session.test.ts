/** Resuming a run: only with the build that began it; changes of the machine are printed. */
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { UsageError } from '../../../bench/cli/usage-error.js';
import { asJson, conduct, headerOf, reopen, resume } from '../../../bench/experiment/session.js';
import { plan } from '../../../bench/plan/plan.js';
import { summarize } from '../../../bench/statistics/summarize.js';
import { createRunDirectory, readHeader } from '../../../bench/store/run-directory.js';
import { SCHEMA } from '../../../bench/store/run-header.js';
import type { Environment } from '../../../lib/system/environment.js';
import { OPTIONS, ROOMY, recordOf, resultOf } from '../../support/cells.js';

const PLAN = plan(OPTIONS, ROOMY);

/** A run that was begun in this environment. */
async function begun(t: Test, change: (here: Environment) => Environment): Promise<string> {
  const path = join(t.testdir(), 'run');
  const header = headerOf('echo', OPTIONS, PLAN);
  const directory = await createRunDirectory(path, {
    ...{ ...header, environment: change(header.environment) },
  });
  const [cell] = PLAN.cells;
  for (const [i, error] of [null, 'interrupted'].entries())
    if (cell) await directory.append(resultOf(recordOf(cell, { trial: i + 1, error })));
  directory.release();
  return path;
}

/** The resumed run, and what was printed. */
async function reopened(t: Test, path: string) {
  const written = t.capture(process.stderr, 'write', () => true);
  const run = await reopen('echo', path);
  const said = written.args().flat().join('');
  written.restore();
  run.directory.release();
  return { run, said };
}

t.test('a header describes the run and has a unique id', async (t) => {
  const [one, other] = [headerOf('echo', OPTIONS, PLAN), headerOf('echo', OPTIONS, PLAN)];
  t.match(one, { schema: SCHEMA, name: 'echo', options: { seed: 1 }, plan: { blocks: 1 } });
  t.not(one.id, other.id);
  t.ok(Math.abs(Date.parse(one.startedAt) - Date.now()) < 60_000);
  t.equal(one.command[0], 'c10k');
});

t.test('a resumed run leaves out the interrupted trials', async (t) => {
  const { run, said } = await reopened(t, await begun(t, (here) => here));
  t.same(
    run.records.map(({ trial }) => trial),
    [1],
  );
  t.equal(said, '');
});

t.test('a run that another build or version began is refused with one line', async (t) => {
  const path = await begun(t, (here) => ({ ...here, c10k: { ...here.c10k, version: '0.0.1' } }));
  await t.rejects(reopen('echo', path), {
    name: 'UsageError',
    message: new RegExp(
      `^--resume ${path}: begun by another c10k \\(version of c10k: 0\\.0\\.1 against .*\\); allowed: the version and build that began it$`,
    ),
  });
});

t.test('a run is resumed only by the command that began it', async (t) => {
  const path = await begun(t, (here) => here);
  await t.rejects(reopen('ramp', path), {
    name: 'UsageError',
    message: `--resume ${path}: a run of echo; allowed: a run of ramp`,
  });
  const refused = new UsageError('not these options');
  const perform = () => {
    throw refused;
  };
  await t.rejects(resume('echo', path, {}, perform), refused);
  (await reopen('echo', path)).directory.release();
});

t.test('each change of the machine is printed in one line, and the run continues', async (t) => {
  const path = await begun(t, (here) => ({
    ...{ ...here, kernel: { ...here.kernel, release: '4.9' }, nodeOptions: '--other' },
  }));
  const { run, said } = await reopened(t, path);
  t.equal(run.records.length, 1);
  const lines = said.trimEnd().split('\n');
  t.match(lines, [/^c10k: .*kernel: 4\.9 against /, /^c10k: .*NODE_OPTIONS: --other against /]);
  t.equal(lines.length, 2);
});

t.test(
  'a plan without a runnable cell writes a run without trials, and the exit code is 3',
  async (t) => {
    const path = join(t.testdir(), 'run');
    const impossible = plan({ ...OPTIONS, servers: ['select'], connections: [5000] }, ROOMY);
    const perform = () => t.fail('no trial runs') as never;
    const written = t.capture(process.stdout, 'write', () => true);
    const output = { output: path, quiet: true, json: true };
    const code = await conduct({
      canResume: true,
      name: 'echo',
      options: {},
      plan: impossible,
      perform,
      output,
    });
    const printed = JSON.parse(written.args().flat().join(''));
    written.restore();
    t.equal(code, 3);
    t.match(printed, {
      summary: [{ server: 'select', trials: 0, skipped: { kind: 'FD_SETSIZE' } }],
    });
    t.equal((await readHeader('report', path)).plan.cells.length, 1);
  },
);

t.test('the JSON has the rows and an entry for each verdict', async (t) => {
  const rows = summarize(PLAN, []);
  const { summary, verdicts } = asJson(PLAN, [], rows);
  t.equal(summary, rows);
  t.same(
    verdicts.map(({ metric }) => metric),
    ['efficiency', 'throughput', 'p50', 'p99'],
  );
});
