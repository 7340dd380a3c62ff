/** The ranking: groups and ratios, or the reason why no server is ranked. */
import t from 'tap';
import { study } from '../../../../bench/report/study/study.js';
import { rankingTable } from '../../../../bench/report/tables/ranking.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { verdictsBy } from '../../../../bench/statistics/verdicts.js';
import { storedRun } from '../../../support/stored.js';

function tableOf(trials: number, skips = false) {
  const made = study(
    storedRun({ connections: [100], trials }, (record) => {
      const isInvalid = skips && record.server === 'libuv';
      return isInvalid ? { ...record, verdict: { ...record.verdict, valid: false } } : record;
    }),
  );
  const table = rankingTable(made, verdictsBy('efficiency', made.verdicts));
  if (table.kind !== 'table') throw new Error('not a table');
  return {
    caption: plain(table.caption),
    titles: table.columns.map(({ title }) => title),
    rows: table.rows.map(({ cells }) => cells.map(plain)),
  };
}

t.test('servers are in order, with their groups', async (t) => {
  const { titles, rows } = tableOf(5);
  t.same(
    rows.map((row) => row.slice(1, 3)),
    [
      ['epoll', 'a'],
      ['poll', 'b'],
      ['libuv', 'c'],
    ],
  );
  t.equal(titles.length, rows[0]?.length);
});

t.test('a server that is not ranked has its reason in the place of a group', async (t) => {
  const { rows } = tableOf(5, true);
  t.match(rows.find(([, name]) => name === 'libuv')?.[2], /fewer than 3 valid trials/);
});

t.test('if no server is ranked for the same reason, the caption has it once', async (t) => {
  const { caption, titles, rows } = tableOf(1);
  t.match(caption, /No server is ranked: fewer than 3 valid trials/);
  t.notOk(titles.includes('group'));
  t.equal(titles.length, rows[0]?.length);
});
