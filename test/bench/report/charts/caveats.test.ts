/** Captions state which cells are missing or have few trials, and the confidence levels of intervals. */
import t from 'tap';
import {
  inBrackets,
  joined,
  nameOf,
  onCells,
  onClient,
  onIntervals,
  onMerging,
  rangeOf,
  ratioIntervals,
  withIntervals,
} from '../../../../bench/report/charts/caveats.js';
import { study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

const WHOLE = study(storedRun());
const [first] = WHOLE.levels;
const ONCE = study(storedRun({ trials: 1 }));

/** A run in which these trials are invalid. */
const withInvalid = (isInvalid: (server: string, connections: number, block: number) => boolean) =>
  study(
    storedRun({}, (record) => ({
      ...record,
      verdict: {
        ...record.verdict,
        valid: !isInvalid(record.server, record.connections, record.block),
      },
    })),
  );

t.test('confidence levels are rounded down, and form a range if they differ', async (t) => {
  t.equal(rangeOf([]), null);
  t.equal(rangeOf([0.9375]), '93 %');
  t.equal(rangeOf([0.95, 0.95]), '95 %');
  t.equal(rangeOf([0.999, 0.75, 0.9]), '75 to 99 %');
  t.equal(rangeOf([1 - 0.05, 1 - 0.05 / 2]), '95 to 97 %');
  t.equal(rangeOf([0.29, 0.57, 0.58]), '29 to 58 %', 'not 28: 0.29 × 100 is 28.999999999999996');
});

t.test('the confidence level of a median follows from the number of trials', async (t) => {
  const level = (trials: number) => withIntervals(study(storedRun({ trials })));
  t.match(level(3), /\b75 %$/);
  t.match(level(9), /\b96 %$/);
  t.equal(level(1), '', 'one trial has no interval');
  t.match(inBrackets(study(storedRun({ trials: 3 }))), /^; .*\b75 %$/);
});

t.test('ratios to the control have level 95 %, and no level without ratios', async (t) => {
  t.match(ratioIntervals(WHOLE), /\b95 %$/);
  t.equal(ratioIntervals(ONCE), '');
});

t.test(
  'a server that is missing under every load is named once, and so is a load without servers',
  async (t) => {
    const caption = onCells(
      WHOLE,
      ({ series, level }) => series.name !== 'poll' && level !== first,
    );
    t.equal(caption, `Missing: ${first?.label} and poll (no figure).`);
  },
);

t.test('single trials are stated once if all cells have them, otherwise by cell', async (t) => {
  t.not(onIntervals(ONCE), '');
  t.not(onMerging(ONCE), '');
  t.equal(onIntervals(WHOLE), '');
  t.equal(onMerging(WHOLE), '');
  const single = withInvalid((server, connections, block) => {
    return server === 'poll' && connections === 100 && block > 1;
  });
  t.match(onIntervals(single), /: poll at 100 connections\.$/);
  t.equal(onMerging(single), '');
});

t.test('cells without a valid trial are missing, the others use their valid trials', async (t) => {
  const made = withInvalid((server, connections, block) => {
    return server === 'poll' && block > (connections === 100 ? 2 : 0);
  });
  const said = onCells(made);
  t.match(said, /: poll at 1,000 connections \(no valid trial\)\./);
  t.match(said, /: poll at 100 connections \(2 of 5\)\.$/);
  t.equal(onCells(WHOLE), '');
});

t.test('a server that is missing under every load is named once, with the reason', async (t) => {
  t.match(onCells(withInvalid((server) => server === 'poll')), /: poll \(no valid trial\)\.$/);
  const run = storedRun();
  const others = { ...run, records: run.records.filter(({ server }) => server !== 'libuv') };
  t.match(onCells(study(others)), /: libuv \(not run\)\.$/);
  const skipped = study(storedRun({ servers: ['epoll', 'select'], connections: [100, 2000] }));
  t.match(onCells(skipped), /: select at 2,000 connections \(skipped\)\.$/);
});

t.test('cells without the graph’s figure are named as missing', async (t) => {
  const isFast = ({ cell }: { cell: { server: string } }) => cell.server !== 'libuv';
  t.match(onCells(WHOLE, isFast), /: libuv \(no figure\)\.$/);
});

t.test('client-bound cells are named, unless all cells are client-bound', async (t) => {
  const bound = (...servers: readonly string[]) =>
    onClient(
      study(
        storedRun({}, (record) => ({
          ...record,
          verdict: { ...record.verdict, clientBound: servers.includes(record.server) },
        })),
      ),
    );
  t.equal(bound(), '');
  t.match(bound('poll'), /\(poll at 100 connections and poll at 1,000 connections\)/);
  t.match(bound('epoll', 'poll', 'libuv'), /\(all cells\)/);
});

t.test('a cell is named by its server and its load', async (t) => {
  t.equal(WHOLE.cells[0] && nameOf(WHOLE.cells[0]), 'epoll at 100 connections');
});

t.test('sentences are joined, and omitted ones leave no gap', async (t) => {
  t.equal(joined('', 'A.', '', 'B.', ''), 'A. B.');
  t.equal(joined('', ''), '');
  t.equal(joined(), '');
});
