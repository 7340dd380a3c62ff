/** `report DIR`: writes the report of a stored run. Measures nothing. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { writeReport } from '../experiment/write-report.js';

export function reportCommand(program: Command): void {
  program
    .command('report')
    .description('Writes the tables and graphs of a stored run; measures nothing.')
    .argument('<dir>', 'directory of the run')
    .action(async (path: string) => {
      await writeReport(path);
      process.stdout.write(`${join(path, 'report.html')}\n${join(path, 'report.md')}\n`);
    });
}
