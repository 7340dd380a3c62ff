/** The options for results, for every command that measures. */
import type { Command } from 'commander';
import { add } from '../../cli/option.js';
import { directory } from '../../cli/values.js';
import { thresholds } from './conditions.js';

export function addOutputOptions(command: Command): Command {
  command.optionsGroup('The results:');
  add(
    command,
    '--fail-if <what>',
    "conditions that make the exit code 99, e.g. 'p99>5ms', 'failures>0, to-control<0.9', or 'throughput<500M': requests or, where the unit of work is bytes, bytes per second",
    thresholds,
  );
  add(
    command,
    '-o, --output <dir>',
    "directory for the run's files (default: results/TIME-COMMAND)",
    directory,
  );
  return command
    .option('--json', 'output of the summary and the verdicts as JSON instead of the table')
    .option('--quiet', 'no progress output');
}
