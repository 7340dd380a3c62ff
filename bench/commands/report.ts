/** `report DIR`: the report of a stored run. Measures nothing. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { writeReport } from '../experiment/write-report.js';

export function reportCommand(program: Command): void {
  program
    .command('report')
    .description("Tables and graphs from a run's files; measures nothing.")
    .argument('<dir>', "a run's directory")
    .action(async (path: string) => {
      await writeReport(path);
      process.stdout.write(`${join(path, 'report.html')}\n${join(path, 'report.md')}\n`);
    });
}
