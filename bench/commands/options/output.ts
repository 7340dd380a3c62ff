/** Where results go, for every command that has some. */
import type { Command } from 'commander';
import { directory } from '../../cli/values.js';
import { thresholds } from './conditions.js';
import { add } from './option.js';

export function addOutputOptions(command: Command): Command {
  command.optionsGroup('The results:');
  add(
    command,
    '--fail-if <what>',
    "exit 99 if a condition is met: 'p99>5ms', 'failures>0, to-control<0.9'",
    thresholds,
  );
  add(command, '-o, --output <dir>', "the run's files (default: results/TIME-COMMAND)", directory);
  return command
    .option('--json', 'print the summary and the verdicts as JSON instead of the table')
    .option('--quiet', 'no progress');
}
