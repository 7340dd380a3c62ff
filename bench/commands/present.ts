/** Results on standard output, and what they mean as an exit code. */
import { resultsTable } from '../report/results-table.js';
import { terminalOf } from '../report/terminal.js';
import { thresholdLines } from '../report/thresholds.js';
import { allValid, remarks } from '../report/words.js';
import type { Row } from '../statistics/summarize.js';
import { check } from '../statistics/thresholds.js';
import { ExitCode } from './exit-code.js';
import type { OutputFlags } from './session.js';

/** `json`: what --json prints. */
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
      thresholdLines(outcomes, colors),
      output.quiet ? '' : colors.dim(`files    ${path}`),
    ];
    process.stdout.write(`${parts.filter((part) => part !== '').join('\n\n')}\n`);
  }
  if (interrupted) return ExitCode.interrupted;
  if (outcomes.some(({ broken }) => broken.length > 0)) return ExitCode.threshold;
  return allValid(rows) ? ExitCode.ok : ExitCode.invalid;
}
