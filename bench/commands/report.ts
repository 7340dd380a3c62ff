/** `report DIR`: report.html and report.md from a run's files. Measures nothing. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { reportOn } from '../report/document/document.js';
import { reportFiles } from '../report/files.js';
import { study } from '../report/study.js';
import { readRun } from '../store/read-run.js';
import { writeReportFiles } from '../store/write-report.js';

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

/** The same files give the same report, byte for byte. */
export async function writeReport(path: string): Promise<void> {
  const report = await reportOn(study(await readRun(path)));
  await writeReportFiles(path, reportFiles(report));
}
