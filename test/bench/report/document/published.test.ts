import t from 'tap';
import { published } from '../../../../bench/report/document/published.js';
import { study } from '../../../../bench/report/study/study.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { storedRun } from '../../../support/stored.js';

const SEARCH = { from: 100, to: 1000, precision: 0.1, conditions: [] };

function tableOf(servers: readonly string[], factor: 'connections' | 'rate' | null) {
  const run = storedRun({ servers, trials: 1 });
  const ramp = factor && { factor, servers, ...SEARCH };
  const table = published(study({ ...run, ramp })).blocks.find(({ kind }) => kind === 'table');
  return table?.kind === 'table'
    ? {
        titles: table.columns.map(({ title }) => title),
        rows: table.rows.map(({ cells }) => cells.map(plain)),
      }
    : null;
}

t.test('the first row is this run, the other rows name their sources', async (t) => {
  const { titles, rows } = tableOf(['epoll', 'select-wide'], 'connections') ?? {};
  t.same(titles?.slice(4), ['select', 'epoll'], 'threads are not part of this run');
  t.match(rows?.[0], ['this run', '2026', /./, /held/, 'select-wide 1,000', '1,000']);
  t.match(rows?.[1], [/first$/, 'not stated', 'not stated', /sustained/, '33,994', '131,066']);
  t.match(rows?.at(-1), [/github\.com/, '2016']);
});

t.test('several servers of one kind are named', async (t) => {
  const { rows } = tableOf(['epoll', 'epoll-lt'], 'connections') ?? {};
  t.equal(rows?.[0]?.at(-1), 'epoll 1,000, epoll-lt 1,000');
});

t.test('the section is omitted if no server is comparable', async (t) => {
  t.equal(tableOf(['libuv'], 'connections'), null);
  t.equal(tableOf(['epoll'], 'rate'), null);
  t.equal(tableOf(['epoll'], null), null);
});
