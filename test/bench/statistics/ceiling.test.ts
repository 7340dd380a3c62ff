import t from 'tap';
import { study } from '../../../bench/report/study/study.js';
import { atClientCeiling } from '../../../bench/statistics/ceiling.js';
import { storedRun } from '../../support/stored.js';

function rows(bound: readonly string[]) {
  const run = storedRun({}, (record) => ({
    ...record,
    verdict: { ...record.verdict, clientBound: bound.includes(record.server) },
  }));
  return study(run).cells.map(({ row }) => row);
}

t.test('servers at the client’s ceiling are named together, for each load', async (t) => {
  const found = atClientCeiling(rows(['epoll', 'poll']));
  t.same(
    found.map((some) => some.map(({ server, connections }) => `${server} ${connections}`)),
    [
      ['epoll 100', 'poll 100'],
      ['epoll 1000', 'poll 1000'],
    ],
  );
});

t.test('a single server at the ceiling is not reported', async (t) => {
  t.same(atClientCeiling(rows(['epoll'])), []);
});
