/** The number of cells that a threat concerns. */
import t from 'tap';
import { share } from '../../../../../bench/report/document/threats/words.js';
import type { StudyCell } from '../../../../../bench/report/study/study.js';

t.test('a threat concerns one, all or some of the cells', async (t) => {
  const cells = (n: number) => Array.from({ length: n }, () => ({}) as StudyCell);
  t.equal(share(cells(1), cells(1)), 'the one cell');
  t.equal(share(cells(3), cells(3)), 'all 3 cells');
  t.equal(share(cells(1), cells(3)), '1 of 3 cells');
});
