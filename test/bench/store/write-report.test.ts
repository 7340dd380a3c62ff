import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { writeReportFiles } from '../../../bench/store/write-report.js';

t.test('graphs of an earlier report are removed, and all other files are kept', async (t) => {
  const path = t.testdir({
    'run.json': '{}',
    'report.md': 'old',
    graphs: { 'old.svg': 'old', 'same.svg': 'old' },
    trials: { 'clients.csv': 'kept' },
  });
  const files = new Map([
    ['report.md', 'new'],
    ['graphs/same.svg', 'new'],
    ['graphs/other.svg', 'new'],
  ]);
  await writeReportFiles(path, files);
  t.same(readdirSync(join(path, 'graphs')).toSorted(), ['other.svg', 'same.svg']);
  for (const [name, content] of files) t.equal(readFileSync(join(path, name), 'utf8'), content);
  t.ok(existsSync(join(path, 'trials', 'clients.csv')) && existsSync(join(path, 'run.json')));
});

t.test('a report without graphs creates no folder', async (t) => {
  const path = t.testdir();
  await writeReportFiles(path, new Map([['report.md', '']]));
  t.same(readdirSync(path), ['report.md']);
});

t.test('writing fails if the working directory was deleted', async (t) => {
  const deleted = t.testdir();
  t.chdir(deleted);
  rmSync(deleted, { recursive: true });
  const files = new Map([['graphs/a.svg', '']]);
  await t.rejects(writeReportFiles('out', files), { code: 'ENOENT' });
});
