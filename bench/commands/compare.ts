/** `compare`: compares the same cells between two sets of runs, A and B, with verdicts. */
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Environment } from '../../lib/system/environment.js';
import { differences } from '../../lib/system/fingerprint.js';
import { ExitCode } from '../cli/exit-code.js';
import { UsageError } from '../cli/usage-error.js';
import { inEffect, isSameCell, settingsThatDiffer } from '../plan/comparable.js';
import { finished } from '../record.js';
import { comparisonTable } from '../report/terminal/comparison.js';
import { terminalOf } from '../report/terminal/terminal.js';
import { loadName } from '../report/text/cell-name.js';
import { type CellComparison, compareRuns } from '../statistics/compare.js';
import { lastRecords } from '../store/records.js';
import { readHeader, TRIALS_FILE } from '../store/run-directory.js';

interface Flags {
  readonly with?: readonly string[];
  readonly json?: boolean;
  readonly force?: boolean;
}

const EXAMPLES = `
Examples:
  npm run bench -- compare before-1 before-2 before-3 --with after-1 after-2 after-3
  npm run bench -- compare results/before results/after     (a ratio without a verdict)

Compares efficiency relative to the baseline. A verdict needs at least two runs on each side, because one run doesn't
show how much runs vary. Alternate the sides: before, after, before, after. Measuring both builds in one run gives
narrower intervals: --server 'cmd:OLD {host} {port}' --control 'cmd:NEW {host} {port}'.`;

export function compareCommand(program: Command): void {
  program
    .command('compare <runs...>')
    .description('Compares the same cells of several runs: does side B differ from side A?')
    .option('--with <runs...>', 'runs of side B (default: the second of two runs)')
    .option('--force', 'compare even if the machines differ')
    .option('--json', 'output as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (runs: string[], flags: Flags) => {
      process.exitCode = await compare(runs, flags);
    });
}

/** The directories of side A and side B. */
function sidesOf(runs: readonly string[], others: readonly string[] | undefined) {
  if (others !== undefined) return { a: runs, b: others };
  const [first, second, third] = runs;
  if (first === undefined || second === undefined || third !== undefined)
    throw new UsageError(
      `compare ${runs.join(' ')}: ${runs.length} runs without --with; allowed: two runs, or --with and the runs of side B`,
    );
  return { a: [first], b: [second] };
}

async function compare(runs: readonly string[], flags: Flags): Promise<number> {
  const sides = sidesOf(runs, flags.with);
  const [a, b] = [await readAll(sides.a), await readAll(sides.b)];
  refuseRepeated([...a, ...b]);
  const differing = machinesThatDiffer([...a, ...b]);
  if (differing.length > 0 && !flags.force)
    throw new UsageError(
      `compare: the machines differ (${differing.join('; ')}); allowed: runs of one machine, or --force`,
    );
  refuseOtherSettings([...a, ...b]);
  const cells = compareRuns(a, b, isSameCell);
  if (cells.length === 0)
    throw new UsageError(
      'compare: no cell is in all runs; allowed: runs with a common server under the same load',
    );
  const { colors } = terminalOf(process.stdout);
  const warning = [
    ...(differing.length === 0 ? [] : [`machines differ: ${differing.join('; ')}`]),
    ...leftOut([...a, ...b], cells),
  ].map(colors.yellow);
  const text = [...warning, comparisonTable(cells, colors)].join('\n\n');
  process.stdout.write(`${flags.json ? JSON.stringify(cells, null, 2) : text}\n`);
  return ExitCode.ok;
}

/** A warning that names the cells that are missing in some runs. */
function leftOut(runs: readonly Run[], compared: readonly CellComparison[]): readonly string[] {
  const all = runs.flatMap(({ plan }) => plan.cells);
  const others = all.filter((cell) => !compared.some((each) => isSameCell(each.cell, cell)));
  const names = new Set(others.map((cell) => `${cell.server} at ${loadName(cell)}`));
  return names.size === 0 ? [] : [`left out, not in all runs: ${[...names].join(', ')}`];
}

type Run = Awaited<ReturnType<typeof read>>;

async function readAll(paths: readonly string[]): Promise<readonly Run[]> {
  return Promise.all(paths.map(read));
}

async function read(path: string) {
  const header = await readHeader('compare', path);
  const records = await lastRecords(join(path, TRIALS_FILE), header.id);
  if (finished(records).length === 0)
    throw new UsageError(`compare: ${path} has no finished trial; allowed: runs with results`);
  const cells = header.plan.cells.map((cell) => inEffect(cell, header.environment));
  return { path, header, plan: { ...header.plan, cells }, records };
}

/** Throws UsageError: a run given twice would count as two runs that agree. */
function refuseRepeated(runs: readonly Run[]): void {
  const ids = runs.map(({ header }) => header.id);
  const again = runs.find(({ header }, i) => ids.indexOf(header.id) !== i);
  if (again !== undefined)
    throw new UsageError(`compare: ${again.path} is given twice; allowed: each run once`);
}

function machinesThatDiffer([first, ...others]: readonly Run[]): readonly string[] {
  if (first === undefined) return [];
  const all = others.flatMap(({ header }) =>
    differences(machineOf(first.header.environment), machineOf(header.environment)),
  );
  return [...new Set(all)];
}

/** Without the congestion control, because it is compared as a setting of the cells. */
function machineOf(environment: Environment): Environment {
  return { ...environment, tcp: { ...environment.tcp, congestionControl: null } };
}

/** Throws UsageError, naming the settings. */
function refuseOtherSettings([first, ...others]: readonly Run[]): void {
  for (const { path, plan } of others)
    for (const cell of first?.plan.cells ?? []) {
      const twin = plan.cells.find((other) => isSameCell(cell, other));
      const differing = twin === undefined ? [] : settingsThatDiffer(cell, twin);
      if (differing.length > 0)
        throw new UsageError(
          `compare: ${first?.path} and ${path} differ in ${differing.join('; ')}; allowed: runs with the same settings`,
        );
    }
}
