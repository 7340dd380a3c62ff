/** What a cell's efficiency is divided by. */
import t from 'tap';
import { relativeEfficiency } from '../../../../bench/report/study/relative-efficiency.js';
import { type Study, study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

const made = study(storedRun({ trials: 3 }));

/** With these servers measured in slices. */
const sliced = (of: Study, ...servers: readonly string[]): Study => ({
  ...of,
  measured: of.measured.map((one) =>
    servers.includes(one.cell.server)
      ? { ...one, cell: { ...one.cell, uninterrupted: null } }
      : one,
  ),
});

t.test('the best server under a load has 1, and others have less', async (t) => {
  const { to, ratioOf } = relativeEfficiency(made);
  t.equal(to, 'best');
  for (const cell of made.cells)
    if (cell.cell.server === 'epoll') t.equal(ratioOf(cell), 1);
    else t.ok((ratioOf(cell) ?? 1) < 0.7, cell.cell.server);
});

t.test('where the baseline ran beside every cell, the ratio is to it', async (t) => {
  const all = sliced(made, 'epoll', 'poll', 'libuv');
  const { to, ratioOf } = relativeEfficiency(all);
  t.equal(to, 'baseline');
  for (const cell of all.measured) t.equal(ratioOf(cell), cell.row.toControl?.median);
  t.equal(relativeEfficiency(sliced(made, 'epoll', 'poll')).to, 'best', 'not beside libuv');
});

t.test('a server alone has no ratio where the baseline did not run beside it', async (t) => {
  const alone = study(storedRun({ servers: ['epoll'], trials: 1 }));
  const { to, ratioOf } = relativeEfficiency(alone);
  t.equal(to, 'baseline');
  t.same(
    alone.cells.map((cell) => ratioOf(cell)),
    [null, null],
  );
});

t.test(
  'too few valid trials are doubtful if others failed, not if no more were planned',
  async (t) => {
    const doubtful = (of: Study) => of.cells.filter(relativeEfficiency(of).isDoubtful).length;
    t.equal(doubtful(study(storedRun({ trials: 1 }))), 0);
    const failing = (from: number) =>
      study(
        storedRun({ trials: 5 }, (record) => ({
          ...record,
          verdict: {
            ...record.verdict,
            valid: record.server !== 'poll' || record.block < from,
          },
        })),
      );
    t.equal(doubtful(failing(5)), 0, 'four of five are enough');
    t.equal(doubtful(failing(3)), 2);
  },
);
