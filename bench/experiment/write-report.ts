/** Writes report.html, report.md, the graphs and verdicts.json from a run's files. */
import { readRun } from '../store/read-run.js';
import { VERDICTS_FILE, verdictEntries } from '../store/verdict-entries.js';
import { writeReportFiles } from '../store/write-report.js';

/** Loaded on demand: a third of the program's modules, which only a report needs. */
async function load() {
  const [{ reportOn }, { reportFiles }, { study }] = await Promise.all([
    import('../report/document/document.js'),
    import('../report/files.js'),
    import('../report/study/study.js'),
  ]);
  return { reportOn, reportFiles, study };
}

/** Deterministic: the same files give the same report, byte for byte. */
export async function writeReport(path: string): Promise<void> {
  const { reportOn, reportFiles, study } = await load();
  const results = study(await readRun(path));
  const verdicts = `${JSON.stringify(verdictEntries(results.verdicts), null, 2)}\n`;
  const report = reportFiles(await reportOn(results));
  await writeReportFiles(path, new Map([...report, [VERDICTS_FILE, verdicts]]));
}
