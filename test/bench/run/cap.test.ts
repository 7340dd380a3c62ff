/** The cap ends traffic that takes too long, and its cell is not tried again. */
import t from 'tap';
import { plan } from '../../../bench/plan/plan.js';
import { schedule } from '../../../bench/plan/schedule.js';
import { withoutCappedCells } from '../../../bench/run/cap.js';
import { run } from '../../../bench/run/run.js';
import { performOn } from '../../../bench/run/trial.js';
import type { Perform } from '../../../bench/run/trial-run.js';
import { readMachine } from '../../../lib/catalog/ceilings.js';
import { allowedCpus, splitCpus } from '../../../lib/system/cpus.js';
import { cellOf, OPTIONS, recordOf } from '../../support/cells.js';

const WATCH = { phase: () => {} };
const NEVER = new AbortController().signal;
const CAPPED = { kind: 'cap exceeded', figures: { capSeconds: 0.02 } } as const;

t.test('a capped trial has the rows so far, reconciled, and no other problem', async (t) => {
  const machine = readMachine();
  const { server: serverCpus, client: clientCpus } = splitCpus(allowedCpus());
  const endless = { repeat: 1e9, capNs: 20e6, connections: [3], serverCpus, clientCpus };
  const [trial] = schedule(plan({ ...OPTIONS, ...endless }, machine)).filter(
    ({ cell }) => cell.server === 'epoll',
  );
  if (!trial) throw new Error('nothing to run');
  const observer = { trial: () => WATCH, ended: () => {} };
  for await (const { record, load } of run([trial], performOn(machine), observer, NEVER)) {
    t.strictSame(record.verdict.problems, [CAPPED]);
    t.match(record.measurement?.clients, { succeeded: 0, failed: 3 });
    t.match(record.measurement?.reconciliation, { compared: 3, mismatches: 0 });
    t.same(
      load?.rows.map(({ failure }) => failure),
      Array(3).fill('interrupted'),
    );
  }
});

function performing(isCapped: boolean) {
  const performed: number[] = [];
  const perform: Perform = async ({ number }) => {
    performed.push(number);
    return { evidence: { startedAt: new Date(), marks: {}, isCapped }, error: null };
  };
  return { perform, performed };
}

const trialOf = (number: number, cell: number) => ({
  ...{ number, block: number, seed: 1 },
  cell: { ...cellOf(), number: cell },
});

t.test('after a capped trial, further trials of its cell are not run', async (t) => {
  const { perform, performed } = performing(true);
  const limited = withoutCappedCells(perform, []);
  const outcomes = [];
  for (const trial of [trialOf(1, 7), trialOf(2, 8), trialOf(3, 7)])
    outcomes.push(await limited(trial, WATCH, NEVER));
  t.same(performed, [1, 2]);
  t.match(outcomes[2]?.error, /exceeded the cap/);
});

t.test('a continued run knows the capped cells of its records', async (t) => {
  const { perform, performed } = performing(false);
  const capped = { valid: false, clientBound: false, problems: [CAPPED], notes: [] };
  const before = [recordOf({ ...cellOf(), number: 7 }, { verdict: capped })];
  const limited = withoutCappedCells(perform, before);
  for (const trial of [trialOf(2, 7), trialOf(3, 8), trialOf(4, 8)])
    await limited(trial, WATCH, NEVER);
  t.same(performed, [3, 4]);
});
