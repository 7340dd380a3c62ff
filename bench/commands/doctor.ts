/** `doctor`: what this machine can measure, and the command that raises each limit. */
import type { Command } from 'commander';
import { readMachine } from '../../lib/catalog/ceilings.js';
import { allowedCpus, coreOf, splitCpus } from '../../lib/system/cpus.js';
import { readEnvironment } from '../../lib/system/environment.js';
import { ExitCode } from '../cli/exit-code.js';
import { type Finding, findings } from '../report/terminal/findings.js';
import { plainTable } from '../report/terminal/plain-table.js';
import { terminalOf } from '../report/terminal/terminal.js';

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Shows what this machine can measure, and the command that raises each limit.')
    .option('--json', 'output as JSON')
    .action(({ json }: { json?: boolean }) => {
      const found = findings(readMachine(), readEnvironment(), splitCpus(allowedCpus(), coreOf));
      process.stdout.write(`${json ? JSON.stringify(found, null, 2) : show(found)}\n`);
      process.exitCode = ExitCode.ok;
    });
}

function show(found: readonly Finding[]): string {
  const { colors } = terminalOf(process.stdout);
  const rows = found.map(({ good, what, value, meaning }) => [
    good ? colors.green('ok') : colors.yellow('!'),
    colors.bold(what),
    value,
    meaning,
  ]);
  const lifts = found.filter(({ good, lift }) => !good && lift !== null);
  return [
    plainTable(rows, ['left', 'left', 'right', 'left']),
    ...(lifts.length === 0
      ? []
      : [
          `${colors.dim('To raise these limits, as root:')}\n${lifts.map(({ lift }) => `  ${lift}`).join('\n')}`,
        ]),
  ].join('\n\n');
}
