import t from 'tap';
import type { TrialRecord } from '../../../../bench/record.js';
import { headline } from '../../../../bench/report/document/headline.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { files } from '../../../../bench/services/files/files.js';
import { verdictsBy } from '../../../../bench/statistics/verdicts.js';
import { poolStudy } from '../../../support/pools.js';

/** Much larger than a difference by chance, and much smaller than a factor of two. */
const spread = ({ trial }: TrialRecord) => 1 + ((trial * 7) % 11) / 100;

/** Servers with 1 to 6 connections; `thread-pool` has half of the efficiency under the loads in `apart`. */
function headlineOf(apart: readonly number[], servers: readonly string[]) {
  const connections = [1, 2, 3, 4, 5, 6];
  const study = poolStudy(
    (record) =>
      (record.server === 'thread-pool' && apart.includes(record.connections) ? 50 : 100) *
      spread(record),
    { servers, workers: null, connections, loads: files.loads({ size: [1e6] }) },
  );
  return plain(headline(study, verdictsBy('efficiency', study.verdicts)));
}

t.test('loads without a significant difference are counted, not listed', async (t) => {
  const text = headlineOf([2], ['epoll', 'thread-pool']);
  t.match(text, /^Least server CPU time per payload byte: epoll at 2 connections[^;]*\. /);
  t.match(text, ' No significant difference under 5 other loads. Largest significant difference ');
});

t.test('at most four loads are listed', async (t) => {
  const text = headlineOf([1, 2, 3, 4, 5], ['epoll', 'thread-pool']);
  t.match(text, '; the table has 1 further load. No significant difference under 1 other load.');
  t.notMatch(text, '5 connections');
});

t.test('more than four servers that are not worse are counted', async (t) => {
  const servers = ['epoll', 'poll', 'select', 'threads', 'libuv', 'workers', 'thread-pool'];
  t.match(headlineOf([1], servers), ' at 1 connection, not significantly better than 5 others.');
});
