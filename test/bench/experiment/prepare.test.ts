import t from 'tap';
import { prepare, withPreparation } from '../../../bench/experiment/prepare.js';
import { type Cell, plan } from '../../../bench/plan/plan.js';
import type { Perform } from '../../../bench/run/trial-run.js';
import { files } from '../../../bench/services/files/files.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

const LOADS = files.loads({
  op: ['upload', 'download', 'list'],
  size: [3000, 5000],
  wire: ['base64', 'raw'],
});
const { cells } = plan({ ...OPTIONS, service: files.name, loads: LOADS }, ROOMY);

async function linesFor(which: typeof cells, signal = new AbortController().signal) {
  const lines: string[] = [];
  await prepare(which, (line) => lines.push(line), signal);
  return lines;
}

t.test('each size that is made has one line', async (t) => {
  t.same(await linesFor(cells), [
    'content of 3 kB: made and verified',
    'content of 5 kB: made and verified',
  ]);
});

t.test('what is made already has no line', async (t) => {
  t.same(await linesFor(cells), []);
});

t.test('nothing is made for cells that are skipped', async (t) => {
  const skipped = { kind: 'earlier', text: 'why' } as const;
  t.same(await linesFor(cells.map((cell) => ({ ...cell, skipped }))), []);
  t.same(await linesFor([]), []);
});

t.test('a service that shares nothing has no line', async (t) => {
  t.same(await linesFor(plan(OPTIONS, ROOMY).cells), []);
});

t.test('what another service transfers in its place is not made', async (t) => {
  const loads = files.loads({ op: ['upload'], size: [6000], wire: ['bulk'] });
  t.same(await linesFor(plan({ ...OPTIONS, service: files.name, loads }, ROOMY).cells), []);
});

t.test('an abort ends it, without an error', async (t) => {
  const loads = files.loads({ op: ['download'], size: [7000, 9000] });
  const both = plan({ ...OPTIONS, service: files.name, loads }, ROOMY).cells;
  t.same(await linesFor(both, AbortSignal.abort()), [], 'before the first');
  const stop = new AbortController();
  const lines: string[] = [];
  const show = (line: string) => {
    lines.push(line);
    stop.abort();
  };
  await prepare(both, show, stop.signal);
  t.same(lines, ['content of 7 kB: made and verified'], 'after the first');
});

/** The trials of cells with these sizes, what they show, and the numbers of those that ran. */
function trialsOf(sizes: readonly number[], others: Partial<Cell> = {}) {
  const loads = files.loads({ op: ['download'], size: sizes });
  const planned = plan({ ...OPTIONS, service: files.name, loads }, ROOMY).cells;
  const trials = planned.map((cell) => ({
    ...{ number: cell.number, block: 1, seed: 1 },
    cell: { ...cell, ...others },
  }));
  const events: string[] = [];
  const perform: Perform = async ({ number }) => {
    events.push(`trial ${number}`);
    return { evidence: { startedAt: new Date(), marks: {} }, error: null };
  };
  const show = (line: string) => void events.push(line);
  const prepared = withPreparation(perform, show);
  const run = async (signal: AbortSignal) => {
    const outcomes = [];
    for (const trial of trials) outcomes.push(await prepared(trial, { phase: () => {} }, signal));
    return outcomes.map(({ error }) => error);
  };
  return { run, events };
}

t.test('what a trial needs is made before it, unless an earlier trial needed it', async (t) => {
  const { run, events } = trialsOf([11_000, 11_000, 13_000]);
  t.same(await run(new AbortController().signal), [null, null, null]);
  t.same(events, [
    'content of 11 kB: made and verified',
    'trial 1',
    'trial 2',
    'content of 13 kB: made and verified',
    'trial 3',
  ]);
});

t.test('a trial does not begin after an abort, or without what it needs', async (t) => {
  const { run, events } = trialsOf([15_000]);
  t.same(await run(AbortSignal.abort()), ['interrupted']);
  t.same(events, []);
  const impossible = trialsOf([15_000], { service: 'of another version' });
  t.match(await impossible.run(new AbortController().signal), [
    'service of another version: unknown',
  ]);
  t.same(impossible.events, []);
});
