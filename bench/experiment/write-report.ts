/** Writes report.html, report.md, the graphs and verdicts.json from a run's files. */
import { reportOn } from '../report/document/document.js';
import { reportFiles } from '../report/files.js';
import { study } from '../report/study/study.js';
import { readRun } from '../store/read-run.js';
import { VERDICTS_FILE, verdictEntries } from '../store/verdict-entries.js';
import { writeReportFiles } from '../store/write-report.js';

/** Deterministic: the same files give the same report, byte for byte. */
export async function writeReport(path: string): Promise<void> {
  const results = study(await readRun(path));
  const verdicts = `${JSON.stringify(verdictEntries(results.verdicts), null, 2)}\n`;
  const report = reportFiles(await reportOn(results));
  await writeReportFiles(path, new Map([...report, [VERDICTS_FILE, verdicts]]));
}
