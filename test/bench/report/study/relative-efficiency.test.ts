/** The reference by which a cell's efficiency is divided. */
import t from 'tap';
import { relativeEfficiency } from '../../../../bench/report/study/relative-efficiency.js';
import { type Study, study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

const made = study(storedRun({ trials: 3 }));

/** The study with these servers measured in slices. */
const sliced = (of: Study, ...servers: readonly string[]): Study => ({
  ...of,
  measured: of.measured.map((one) =>
    servers.includes(one.cell.server)
      ? { ...one, cell: { ...one.cell, uninterrupted: null } }
      : one,
  ),
});

t.test('the best server under a load has ratio 1, the others have less', async (t) => {
  const { to, ratioOf } = relativeEfficiency(made);
  t.equal(to, 'best');
  for (const cell of made.cells)
    if (cell.cell.server === 'epoll') t.equal(ratioOf(cell), 1);
    else t.ok((ratioOf(cell) ?? 1) < 0.7, cell.cell.server);
});

t.test('if the baseline ran with every cell, ratios are relative to the baseline', async (t) => {
  const all = sliced(made, 'epoll', 'poll', 'libuv');
  const { to, ratioOf } = relativeEfficiency(all);
  t.equal(to, 'baseline');
  for (const cell of all.measured) t.equal(ratioOf(cell), cell.row.toControl?.median);
  t.equal(relativeEfficiency(sliced(made, 'epoll', 'poll')).to, 'best', 'not with libuv');
});

t.test('a single server has no ratio if the baseline did not run with it', async (t) => {
  const alone = study(storedRun({ servers: ['epoll'], trials: 1 }));
  const { to, ratioOf } = relativeEfficiency(alone);
  t.equal(to, 'baseline');
  t.same(
    alone.cells.map((cell) => ratioOf(cell)),
    [null, null],
  );
});

t.test('few valid trials are doubtful if others failed, not if no more were planned', async (t) => {
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
  t.equal(doubtful(failing(5)), 0, 'four of five are sufficient');
  t.equal(doubtful(failing(3)), 2);
});
