import t from 'tap';
import { efficiency, ratioToControl } from '../../../../bench/report/charts/performance.js';
import { figures } from '../../../../bench/report/document/figures.js';
import { study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

t.test('a graph that applies is drawn, with the prefix in every id', async (t) => {
  const drawn = await figures([efficiency], study(storedRun({ trials: 1 })), 'case-1-');
  t.same(
    drawn.map(({ id, title }) => [id, title]),
    [['case-1-efficiency', 'Efficiency']],
  );
  const ids = [...(drawn[0]?.svg ?? '').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? '');
  t.ok(ids.length > 0);
  for (const id of ids) t.match(id, /^case-1-efficiency/);
});

t.test('a graph that does not apply is omitted', async (t) => {
  const alone = study(storedRun({ servers: ['epoll'], connections: [100], trials: 1 }));
  t.same(await figures([efficiency, ratioToControl], alone), []);
});
