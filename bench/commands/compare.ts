/** `compare`: the same cells of two runs side by side, with verdicts. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { differences } from '../../lib/system/fingerprint.js';
import { UsageError } from '../plan/usage-error.js';
import { comparisonTable } from '../report/comparison.js';
import { terminalOf } from '../report/terminal.js';
import { compareRuns } from '../statistics/compare.js';
import { lastRecords } from '../store/records.js';
import { readHeader, TRIALS_FILE } from '../store/run-directory.js';
import { ExitCode } from './exit-code.js';

interface Flags {
  readonly json?: boolean;
  readonly force?: boolean;
}

const EXAMPLES = `
Example:
  npm run bench -- compare results/before results/after

What is compared is efficiency, as a multiple of the control's in the same block. Runs of machines that
differ are refused; --force compares them all the same.`;

export function compareCommand(program: Command): void {
  program
    .command('compare <a> <b>')
    .description('The same cells of two runs side by side: is B faster or slower than A?')
    .option('--force', 'even if the machines differ')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (a: string, b: string, flags: Flags) => {
      process.exitCode = await compare(a, b, flags);
    });
}

async function compare(a: string, b: string, { json, force }: Flags): Promise<number> {
  const [before, after] = [await read(a), await read(b)];
  const differing = differences(before.header.environment, after.header.environment);
  if (differing.length > 0 && !force)
    throw new UsageError(
      `compare: the machines differ (${differing.join('; ')}); allowed: runs of one machine, or --force`,
    );
  const cells = compareRuns(before, after);
  if (cells.length === 0)
    throw new UsageError(
      `compare: ${a} and ${b} have no cell in common; allowed: the same options`,
    );
  const { colors } = terminalOf(process.stdout);
  const warning =
    differing.length === 0 ? [] : [colors.yellow(`machines differ: ${differing.join('; ')}`)];
  const text = [...warning, comparisonTable(cells, colors)].join('\n\n');
  process.stdout.write(`${json ? JSON.stringify(cells, null, 2) : text}\n`);
  return ExitCode.ok;
}

async function read(path: string) {
  const header = await readHeader('compare', path);
  return {
    header,
    plan: header.plan,
    records: await lastRecords(join(path, TRIALS_FILE), header.id),
  };
}
