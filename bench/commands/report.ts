/** `report DIR`: report.html, report.md and verdicts.json from a run's files. Measures nothing. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { reportOn } from '../report/document/document.js';
import { reportFiles } from '../report/files.js';
import { study } from '../report/study.js';
import { readRun } from '../store/read-run.js';
import { VERDICTS_FILE, verdictEntries } from '../store/verdict-entries.js';
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
  const results = study(await readRun(path));
  const verdicts = `${JSON.stringify(verdictEntries(results.verdicts), null, 2)}\n`;
  const report = reportFiles(await reportOn(results));
  await writeReportFiles(path, new Map([...report, [VERDICTS_FILE, verdicts]]));
}
