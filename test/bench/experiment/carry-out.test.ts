/** Carrying out a run: each trial is recorded before the next starts, so that an early end loses none. */
import t from 'tap';
import { type CurrentRun, carryOut } from '../../../bench/experiment/carry-out.js';
import { plan } from '../../../bench/plan/plan.js';
import { schedule } from '../../../bench/plan/schedule.js';
import type { RunDirectory } from '../../../bench/store/run-directory.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

const PLAN = plan({ ...OPTIONS, trials: 3, slices: 'off', servers: ['control'] }, ROOMY);

/** The steps that were taken, in order; the step `failing` throws. */
function currentRun(failing?: string) {
  const steps: string[] = [];
  const step = async (name: string) => {
    steps.push(name);
    if (name === failing) throw new Error(`${name} failed`);
  };
  const directory: RunDirectory = {
    path: t.testdirName, // contains no run: no report can be written
    append: ({ record }) => step(`append ${record.trial}`),
    writeSummary: (rows) => step(`summary of ${rows[0]?.trials}`),
    writeHeader: () => step('header'),
    release: () => void steps.push('release'),
  };
  const whole: CurrentRun = {
    plan: () => PLAN,
    servers: ['epoll'],
    trials: schedule(PLAN),
    total: 3,
    perform: async ({ number }) => {
      await step(`trial ${number}`);
      return { evidence: { startedAt: new Date(), marks: { begin: 0 } }, error: 'it broke' };
    },
    directory,
    records: [],
    quiet: true,
    save: () => step('save'),
  };
  return { whole, steps };
}

t.test('each trial is recorded before the next; the summary is written at the end', async (t) => {
  const { whole, steps } = currentRun();
  const { rows, interrupted } = await carryOut(whole);
  t.same(steps, [
    ...[1, 2, 3].flatMap((n) => [`trial ${n}`, `append ${n}`, 'save']),
    ...['save', 'summary of 3', 'release'],
  ]);
  t.match(rows, [{ trials: 3, valid: 0 }]);
  t.equal(interrupted, false);
  t.equal(whole.records.length, 3);
});

t.test('a write error ends the run, and its rows include every measured trial', async (t) => {
  const { whole, steps } = currentRun('append 2');
  const { rows, failure, interrupted } = await carryOut(whole);
  t.match(failure, { message: 'append 2 failed' });
  t.match(rows, [{ trials: 2 }]);
  t.equal(interrupted, false);
  t.same(steps.slice(-2), ['append 2', 'release'], 'no trial and no summary follow');
});

t.test('the summary is kept if the report cannot be written', async (t) => {
  const { whole, steps } = currentRun();
  const { failure, rows } = await carryOut(whole);
  t.match(failure, { name: 'UsageError', message: /contains no run/ });
  t.equal(rows.length, 1);
  t.ok(steps.includes('summary of 3'));
});

t.test('a run without trials has rows and no report', async (t) => {
  const { whole, steps } = currentRun();
  const outcome = await carryOut({ ...whole, trials: [] });
  t.equal(outcome.failure, undefined);
  t.match(outcome.rows, [{ trials: 0 }]);
  t.same(steps, ['save', 'summary of 0', 'release']);
});

t.test('a signal ends the run after the current trial, and its handler is removed', async (t) => {
  const { whole, steps } = currentRun();
  const before = process.listenerCount('SIGINT');
  const outcome = await carryOut({
    ...whole,
    perform: async (trial, watch, signal) => {
      if (trial.number === 2) process.emit('SIGINT');
      t.equal(signal.aborted, trial.number === 2);
      return whole.perform(trial, watch, signal);
    },
  });
  t.equal(outcome.interrupted, true);
  t.match(outcome.rows, [{ trials: 2 }]);
  t.ok(steps.includes('summary of 2'));
  t.equal(process.listenerCount('SIGINT'), before);
});
