/**
 * Every claim of a report follows from its records, including runs with failures: checked on random runs, from the
 * records only, without the code that writes the report.
 */
import t, { type Test } from 'tap';
import type { Cell } from '../../../bench/plan/plan.js';
import { threats } from '../../../bench/report/document/threats.js';
import { verdict } from '../../../bench/report/document/verdict.js';
import { study } from '../../../bench/report/study/study.js';
import { troubleTables } from '../../../bench/report/tables/troubles.js';
import { type Block, plain } from '../../../bench/report/text/blocks.js';
import type { StoredRun } from '../../../bench/statistics/stored-run.js';
import { readEnvironment } from '../../../lib/system/environment.js';
import { troubledRun } from '../../support/troubled-run.js';

const RUNS = 150;
const environment = readEnvironment();

/** One line of text per statement in a list, a table or a paragraph. */
function linesOf(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === 'heading' || block.kind === 'figure') return [];
    if (block.kind === 'list')
      return block.items.map(({ head, text }) => `${head}: ${plain(text)}`);
    if (block.kind === 'paragraph') return [plain(block.text)];
    const rows = block.rows.map(({ cells }) => cells.map(plain).join(' | '));
    return [plain(block.caption), ...rows];
  });
}

/** The compared figures of a cell's valid trials, by block: efficiencies; for sliced trials, ratios to the control. */
function figuresOf({ records }: StoredRun, cell: Cell): ReadonlyMap<number, number> {
  const valid = records.filter((record) => record.cell === cell.number && record.verdict.valid);
  return new Map(
    valid.flatMap(({ block, measurement }) => {
      const ratios = measurement?.slices?.logRatios ?? [];
      const figure = measurement?.slices
        ? ratios.length > 0 && Math.exp(meanOf(ratios))
        : measurement?.efficiency;
      return figure ? [[block, figure] as const] : [];
    }),
  );
}

/** Comparable: at least three valid trials with a figure, and most of the trials that were run. */
function isComparable(run: StoredRun, cell: Cell): boolean {
  const ran = run.records.filter((record) => record.cell === cell.number).length;
  const known = figuresOf(run, cell).size;
  return known >= 3 && known * 2 > ran;
}

/** Logarithms of the ratios of a's figures to b's in the same block. */
function logsOf(run: StoredRun, a: Cell, b: Cell): number[] {
  const others = figuresOf(run, b);
  return [...figuresOf(run, a)].flatMap(([block, figure]) => {
    const other = others.get(block);
    return other === undefined ? [] : [Math.log(figure / other)];
  });
}

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean's distance from 0 in standard errors; no test at 5 % finds fewer than two significant. */
function standardErrors(logs: readonly number[]): number {
  if (logs.length < 3) return 0;
  const mean = meanOf(logs);
  const variance = meanOf(logs.map((log) => (log - mean) ** 2)) * (logs.length / (logs.length - 1));
  return Math.abs(mean) / Math.sqrt(variance / logs.length);
}

function standsOut(logs: readonly number[]): boolean {
  return standardErrors(logs) > 2;
}

/** Significant by any test: far more standard errors than the strictest test requires. */
function isPlain(logs: readonly number[]): boolean {
  return logs.length >= 5 && standardErrors(logs) > 40;
}

function cellsUnder({ plan }: StoredRun, connections: number): readonly Cell[] {
  return plan.cells.filter((cell) => cell.connections === connections);
}

function loadsOf({ plan }: StoredRun): readonly number[] {
  return [...new Set(plan.cells.map(({ connections }) => connections))];
}

function checkLeader(t: Test, run: StoredRun, lead: string): void {
  const found = /^(\S+) needs the least server CPU time per request/.exec(lead);
  if (!found) return;
  for (const load of loadsOf(run)) {
    const ranked = cellsUnder(run, load).filter((cell) => isComparable(run, cell));
    if (ranked.length < 2) continue;
    const leader = ranked.find(({ server }) => server === found[1]);
    if (!leader) {
      t.fail(`${found[1]} is not ranked at ${load}: ${lead}`);
      return;
    }
    for (const other of ranked.filter((cell) => cell !== leader)) {
      const logs = logsOf(run, leader, other);
      if (meanOf(logs) <= 0 || !standsOut(logs)) t.fail(`${lead} (${other.server} at ${load})`);
    }
  }
}

/** If servers are compared under a load, the sentence must exclude those that can't be, and say that it does. */
function checkLimits(t: Test, run: StoredRun, lead: string): void {
  if (!/needs? the least|Least server|All servers|No significant/.test(lead)) return;
  const passedOver = loadsOf(run).some((load) => {
    const cells = cellsUnder(run, load);
    const ranked = cells.filter((cell) => isComparable(run, cell));
    return ranked.length > 1 && ranked.length < cells.length;
  });
  if (passedOver && !lead.includes('servers that could be ranked')) t.fail(lead);
}

function checkGap(t: Test, run: StoredRun, lead: string): void {
  const found =
    /Largest significant difference(?: at ([\d,]+) connections?)?: (\S+) needs ([\d.]+)× \[([\d.]+)×, ([\d.]+)×\] the CPU time of (\S+)\./.exec(
      lead,
    );
  if (!found) return;
  const [, at, worse, ratio, low, high, better] = found;
  const loads = at === undefined ? loadsOf(run) : [Number(at.replaceAll(',', ''))];
  const matches = loads.some((load) => {
    const cells = cellsUnder(run, load);
    const [a, b] = [better, worse].map((name) => cells.find(({ server }) => server === name));
    if (!a || !b || !isComparable(run, a) || !isComparable(run, b)) return false;
    const logs = logsOf(run, a, b);
    const mean = Math.exp(meanOf(logs));
    return standsOut(logs) && Math.abs(mean / Number(ratio) - 1) < 0.06;
  });
  for (const load of loadsOf(run)) {
    const ranked = cellsUnder(run, load).filter((cell) => isComparable(run, cell));
    for (const a of ranked)
      for (const b of ranked.filter((cell) => cell !== a)) {
        const logs = logsOf(run, a, b);
        if (isPlain(logs) && Math.exp(meanOf(logs)) > Number(ratio) * 1.02)
          t.fail(`${lead} (${b.server} to ${a.server} at ${load})`);
      }
  }
  if (!matches || Number(low) < 1 || Number(low) > Number(ratio) || Number(high) < Number(ratio))
    t.fail(lead);
}

function checkEquality(t: Test, run: StoredRun, lead: string): void {
  if (!lead.startsWith('All servers need the same CPU time')) return;
  for (const load of loadsOf(run)) {
    const ranked = cellsUnder(run, load).filter((cell) => isComparable(run, cell));
    for (const a of ranked)
      for (const b of ranked)
        if (Math.abs(meanOf(logsOf(run, a, b))) > Math.log(1.03)) t.fail(`${lead} (${load})`);
  }
}

function checkComparability(t: Test, run: StoredRun, lead: string): void {
  const comparable = loadsOf(run).some(
    (load) => cellsUnder(run, load).filter((cell) => isComparable(run, cell)).length > 1,
  );
  const denied = lead.startsWith('No servers can be compared');
  if (comparable && denied) t.fail(`servers can be compared: ${lead}`);
  if (!comparable && /needs? the least|Largest|Least server CPU/.test(lead)) t.fail(lead);
}

/** Rows of the ranking: the number of valid blocks, and of blocks that were begun. */
function checkBlocks(t: Test, run: StoredRun, said: readonly string[]): void {
  let load = 0;
  for (const line of said) {
    const row = /^(?:([\d,]+) connections?)? \| (\S+) \| .* \| (\d+) of (\d+)$/.exec(line);
    if (!row) continue;
    const [, at, server, valid, begun] = row;
    if (at !== undefined) load = Number(at.replaceAll(',', ''));
    const cells = load === 0 ? run.plan.cells : cellsUnder(run, load);
    const cell = cells.find((one) => one.server === server);
    const numbers = new Set(cells.map(({ number }) => number));
    const blocks = new Set(
      run.records.filter(({ cell }) => numbers.has(cell)).map(({ block }) => block),
    );
    if (!cell || figuresOf(run, cell).size !== Number(valid) || blocks.size !== Number(begun))
      t.fail(line);
  }
}

/** False for a trial of the baseline that was not asked for. */
function isAsked({ plan }: StoredRun, cell: number): boolean {
  return plan.cells.some(({ number }) => number === cell);
}

function checkFailures(t: Test, run: StoredRun, tables: readonly string[]): void {
  const { records } = run;
  const failed = records.some(({ measurement }) => (measurement?.failures ?? 0) > 0);
  const failedUnderTest = records.some(
    ({ cell, measurement }) => isAsked(run, cell) && (measurement?.failures ?? 0) > 0,
  );
  const dead = records.some(({ measurement }) => measurement === null);
  for (const text of tables) {
    if (/^No connection failed in any trial/.test(text) && (failed || dead)) t.fail(text);
    if (/^No connection failed/.test(text) && failed) t.fail(text);
    if (/^No connection to a server under test failed/.test(text) && failedUnderTest) t.fail(text);
  }
}

function checkThreats(t: Test, run: StoredRun, threats: readonly string[]): void {
  const runnable = run.plan.cells.filter(({ skipped }) => skipped === null);
  const ran = (cell: Cell) => run.records.filter((record) => record.cell === cell.number).length;
  const most = Math.max(0, ...runnable.map(ran));
  const wanted = run.plan.stopping.kind === 'blocks' ? run.plan.blocks : most;
  const short = runnable.some((cell) => ran(cell) < wanted);
  const invalid = run.records.some(({ cell, verdict }) => isAsked(run, cell) && !verdict.valid);
  const says = (head: string) => threats.some((text) => text.startsWith(`${head}:`));
  t.equal(says('Incomplete'), short, 'Incomplete');
  t.equal(says('One trial'), most === 1, 'One trial');
  t.equal(says('Invalid trials'), invalid, 'Invalid trials');
  t.equal(says('Skipped cells'), runnable.length < run.plan.cells.length, 'Skipped cells');
}

t.test('no sentence of a report contradicts its records', async (t) => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const run = troubledRun(seed, environment);
    const results = study(run);
    const said = linesOf(verdict(results, []).blocks);
    await t.test(`run ${seed}`, async (t) => {
      for (const text of said) {
        checkLeader(t, run, text);
        checkLimits(t, run, text);
        checkGap(t, run, text);
        checkEquality(t, run, text);
        checkComparability(t, run, text);
      }
      checkBlocks(t, run, said);
      checkFailures(t, run, linesOf(troubleTables(results)));
      checkThreats(t, run, linesOf(threats(results).blocks));
    });
  }
});
