import t from 'tap';
import { againstLoad } from '../../../../bench/report/charts/against-load.js';
import type { Figures } from '../../../../bench/report/charts/figures.js';
import { study } from '../../../../bench/report/study/study.js';
import { bulk } from '../../../../bench/services/bulk/bulk.js';
import { columnsOf, partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const FIGURES: Figures = {
  ...{ title: 'T', labels: '', show: String },
  estimate: ({ cell }) =>
    cell.server === 'libuv' ? null : { median: 5, low: null, high: null, level: null },
};

t.test('the chart has lines if the load varies, bars if only the server varies', async (t) => {
  const over = againstLoad(study(storedRun({ trials: 1 })), FIGURES);
  const single = againstLoad(study(storedRun({ connections: [10], trials: 1 })), FIGURES);
  t.ok(partOf<object[]>(over, 'layer').some((layer) => partOf(layer, 'mark.type') === 'line'));
  t.equal(partOf(single, 'layer.0.mark.type'), 'bar');
});

t.test('cells without the figure are not drawn', async (t) => {
  const made = study(storedRun({ trials: 1 }));
  t.same(
    new Set(columnsOf(againstLoad(made, FIGURES), 'server').flat()),
    new Set(['epoll', 'poll']),
  );
});

t.test('if only a factor with named values varies, each value has a panel of bars', async (t) => {
  const loads = bulk.loads({ op: ['get', 'put'] });
  const made = study(storedRun({ service: 'bulk', loads, connections: [10], trials: 1 }));
  const panels = partOf<object[]>(againstLoad(made, FIGURES), 'vconcat');
  t.same(
    panels.map((panel) => partOf(panel, 'title.text')),
    ['get', 'put'],
  );
  for (const panel of panels) t.equal(partOf<object[]>(panel, 'data.values').length, 2);
});
