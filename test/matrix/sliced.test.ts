/** Every model in slices that alternate with the control: no record of either is lost. */
import t from 'tap';
import type { ExperimentOptions } from '../../bench/plan/cell.js';
import { plan } from '../../bench/plan/plan.js';
import { schedule, type Trial } from '../../bench/plan/schedule.js';
import { measure } from '../../bench/run/measure.js';
import { pairsOf, type Stretch } from '../../bench/run/stretches.js';
import { performOn } from '../../bench/run/trial.js';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { CATALOG } from '../../lib/catalog/models.js';
import { allowedCpus, splitCpus } from '../../lib/system/cpus.js';
import { OPTIONS } from '../support/cells.js';
import { sumOf } from '../support/load.js';
import { affordable, skipOf } from '../support/models.js';

const MS = 1e6;
const machine = readMachine();
const cpus = splitCpus(allowedCpus());

function trialOf(options: Partial<ExperimentOptions>): Trial {
  const made = plan(
    {
      ...OPTIONS,
      repeat: 0,
      durationNs: 200 * MS,
      warmupNs: 20 * MS,
      slices: 'on',
      timeoutNs: 60e9,
      serverCpus: cpus.server,
      clientCpus: cpus.client,
      ...options,
    },
    machine,
  );
  const [trial] = schedule(made);
  if (!trial) throw new Error(`nothing to run: ${made.cells[0]?.skipped?.kind}`);
  return trial;
}

async function run(trial: Trial) {
  const { evidence, error } = await performOn(machine)(
    trial,
    { phase: () => {} },
    new AbortController().signal,
  );
  const measured = measure(trial.cell, evidence);
  if (error !== null || measured === null) throw new Error(error ?? 'nothing was measured');
  return { evidence, measured };
}

/** On a busy machine a server may have answered all of a slice's requests before its first reading. */
function pairsWithCpu(stretches: readonly Stretch[]): number {
  return pairsOf(stretches).filter((pair) => pair.every(({ serverNs }) => (serverNs ?? 0) > 0))
    .length;
}

for (const model of CATALOG)
  t.test(`${model.name} alternates with the control`, { skip: skipOf(model) }, async (t) => {
    const connections = affordable(model, 8);
    const idle = model.serial || connections < 8 ? 0 : 5;
    const trial = trialOf({ servers: [model.name], connections: [connections], idle: [idle] });
    t.equal(trial.cell.uninterrupted, null);
    const { evidence, measured } = await run(trial);
    const { stretches = [], load, control } = evidence;
    const bySide = (side: string) => stretches.filter((each) => each.side === side);
    t.ok(bySide('server').length >= 6);
    t.equal(bySide('server').length, bySide('control').length);
    for (const { opened, from, to, drained, requests, serverNs } of stretches) {
      t.ok(
        opened < from && from < to && to <= (drained ?? 0),
        'each slice opens, is measured and drains',
      );
      t.ok(requests > 0);
      t.not(serverNs, null, 'the CPU time is known');
    }
    stretches.slice(1).forEach((next, i) => {
      t.ok(next.opened >= (stretches[i]?.drained ?? 0), 'one side has drained before the other');
    });
    t.equal(measured.slices?.pairs, pairsWithCpu(stretches));
    t.equal(measured.slices?.undrained, 0);
    t.equal(measured.failures, 0);
    t.equal(load?.rows.length, connections + idle);
    t.equal(control?.rows.length, connections + idle);
    t.ok(sumOf(control?.rows ?? [], (row) => row.requests) > 0);
    t.ok(control?.rows.every(({ failure }) => failure === ''));
    if (model.accounts) t.match(measured.reconciliation, { mismatches: 0 });
  });

t.test('several client processes and threads share one gate', async (t) => {
  const trial = trialOf({ connections: [9], clientProcesses: 2, clientThreads: 2, repeat: 50 });
  const { evidence, measured } = await run(trial);
  t.match(measured.reconciliation, { mismatches: 0 });
  t.equal(measured.failures, 0);
  t.ok((evidence.load?.rows.length ?? 0) > 9, 'closed connections are replaced');
  t.ok((evidence.stretches ?? []).every(({ drained }) => drained !== null));
});

t.test('a server alternates with another server chosen as the control', async (t) => {
  const trial = trialOf({ connections: [8], servers: ['poll'], control: 'thread-pool' });
  t.equal(trial.cell.uninterrupted, null);
  const { evidence, measured } = await run(trial);
  const { stretches = [] } = evidence;
  t.ok(stretches.length >= 12);
  t.ok(stretches.every(({ serverNs }) => serverNs !== null));
  t.equal(measured.slices?.pairs, pairsWithCpu(stretches));
  t.ok(evidence.control?.rows.every(({ requests }) => requests > 0));
});

t.test('without slices the gate is opened once', async (t) => {
  const trial = trialOf({ connections: [8], slices: 'off' });
  t.equal(trial.cell.uninterrupted, 'slices off');
  const { evidence, measured } = await run(trial);
  t.equal(evidence.stretches?.length, 1);
  t.equal(measured.slices, null);
  t.ok(measured.windowS >= 0.2);
});
