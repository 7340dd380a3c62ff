/** Prints the results and returns the exit code. */

import { ExitCode } from '../cli/exit-code.js';
import { allValid, remarks } from '../report/terminal/remarks.js';
import { resultsTable } from '../report/terminal/results-table.js';
import { terminalOf } from '../report/terminal/terminal.js';
import { thresholdLines } from '../report/terminal/thresholds.js';
import { namesIn } from '../report/text/server-name.js';
import type { Row } from '../statistics/summarize.js';
import { check, type Threshold } from '../statistics/thresholds.js';
import { shellWord } from '../text/shell.js';

export interface OutputFlags {
  readonly output?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly failIf?: readonly Threshold[];
}

/** `json`: the output of --json. */
export function present(
  rows: readonly Row[],
  path: string,
  output: OutputFlags,
  interrupted: boolean,
  json: object,
): ExitCode {
  const outcomes = (output.failIf ?? []).map((threshold) => check(threshold, rows));
  if (output.json) {
    process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  } else {
    const { colors, width } = terminalOf(process.stdout);
    const parts = [
      resultsTable(rows, colors, width),
      remarks(rows, colors),
      thresholdLines(outcomes, namesIn(rows), colors),
      output.quiet ? '' : colors.dim(`files    ${path}`),
    ];
    process.stdout.write(`${parts.filter((part) => part !== '').join('\n\n')}\n`);
  }
  if (interrupted) return ExitCode.interrupted;
  if (outcomes.some(({ broken }) => broken.length > 0)) return ExitCode.threshold;
  return allValid(rows) ? ExitCode.ok : ExitCode.invalid;
}

/** For runs that --resume can continue. `name`: the command that began the run. */
export function presentResume(name: string, path: string, { json }: OutputFlags): void {
  if (json) return;
  const { colors } = terminalOf(process.stdout);
  const command = `npm run bench -- ${name} --resume ${shellWord(path)}`;
  process.stdout.write(`\n${colors.yellow('interrupted')}  continue with: ${command}\n`);
}
