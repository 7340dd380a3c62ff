/** The report of a run, made only from its files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { headerOf } from '../../../bench/experiment/session.js';
import { writeReport } from '../../../bench/experiment/write-report.js';
import { createRunDirectory } from '../../../bench/store/run-directory.js';
import { resultOf } from '../../support/cells.js';
import { storedRun } from '../../support/stored.js';

t.test('the same files give the same report and verdicts', async (t) => {
  const path = join(t.testdir(), 'run');
  const { plan, records } = storedRun({ servers: ['epoll'], connections: [10], trials: 1 });
  const directory = await createRunDirectory(path, headerOf('echo', {}, plan));
  for (const record of records) await directory.append(resultOf(record));
  directory.release();
  const read = () =>
    Object.fromEntries(
      ['report.html', 'report.md', 'verdicts.json', ...graphs()].map((name) => [
        name,
        readFileSync(join(path, name), 'utf8'),
      ]),
    );
  const graphs = () => readdirSync(join(path, 'graphs')).map((name) => join('graphs', name));
  await writeReport(path);
  const first = read();
  t.ok(graphs().length > 0);
  t.match(JSON.parse(first['verdicts.json'] ?? ''), [{ metric: 'efficiency', blocks: 1 }]);
  await writeReport(path);
  t.same(read(), first);
});
