/** Where results go, for every command that has some. */
import type { Command } from 'commander';

export function addOutputOptions(command: Command): Command {
  return command
    .optionsGroup('The results:')
    .option('--output <dir>', "the run's files (default: results/TIME-COMMAND)")
    .option('--json', 'print summary.json instead of the table')
    .option('--quiet', 'no progress');
}
