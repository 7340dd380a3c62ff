import t from 'tap';
import { type Figures, referenceLine, singlesOf } from '../../../../bench/report/charts/figures.js';
import { study } from '../../../../bench/report/study/study.js';
import { partOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

const FIGURES: Figures = { title: '', labels: '', show: String, estimate: () => null };

/** The single-trial figures of a cell with this number of trials. */
function singles(trials: number, single?: Figures['single']) {
  const options = { servers: ['epoll'], connections: [10], trials };
  const [cell] = study(storedRun(options)).cells;
  return cell && singlesOf(cell, { ...FIGURES, ...(single ? { single } : {}) });
}

t.test('single trials are shown if several trials have a figure', async (t) => {
  t.same(
    singles(3, ({ block }) => block * 10),
    [10, 20, 30],
  );
  t.same(
    singles(3, ({ block }) => (block > 1 ? block : null)),
    [2, 3],
  );
  t.same(
    singles(1, () => 5),
    [],
    'a single value equals the cell’s own figure',
  );
  t.same(
    singles(2, ({ block }) => (block > 1 ? block : null)),
    [],
  );
  t.same(singles(3), []);
});

t.test('a reference line is drawn if the figure has a reference value', async (t) => {
  t.same(referenceLine(FIGURES, 'x'), []);
  for (const reference of [1, 0])
    for (const channel of ['x', 'y'] as const) {
      const [line] = referenceLine({ ...FIGURES, reference }, channel);
      t.equal(partOf(line ?? {}, `encoding.${channel}.datum`), reference);
    }
});
