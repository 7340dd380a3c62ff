/** Tables of two conditions against each other. */
import t from 'tap';
import { contrastTables } from '../../../../bench/report/tables/contests.js';
import { plain } from '../../../../bench/report/text/blocks.js';
import { files } from '../../../../bench/services/files/files.js';
import { jitter, poolStudy } from '../../../support/pools.js';

function tableOf(options: object) {
  const made = poolStudy((record) => (record.factors.wire === 'raw' ? 100 : 50) * jitter(record), {
    servers: ['epoll'],
    workers: null,
    ...options,
  });
  const [table] = contrastTables(made);
  return table?.kind === 'table' ? table : null;
}

t.test('the wire formats are related by ratios with intervals', async (t) => {
  const table = tableOf({ loads: files.loads({ size: [1e6], wire: ['base64', 'raw'] }) });
  const [row] = table?.rows ?? [];
  t.match(row?.cells.map(plain), [
    ...['epoll', 'base64 / raw', /^0\.50 \[0\.\d\d, 0\.\d\d\]$/, 'different'],
    ...[/^0\.50 /, 'different'],
  ]);
  t.equal(table?.columns.length, row?.cells.length);
});

t.test('a value that is not what its name suggests is explained', async (t) => {
  const captionWith = (wire: readonly string[]) =>
    tableOf({ loads: files.loads({ size: [1e6], wire }) })?.caption;
  t.match(captionWith(['raw', 'bulk']), /intervals\. With bulk, the service of that name /);
  t.notMatch(captionWith(['raw', 'base64']), 'bulk');
});

t.test('other named factors that vary have a column', async (t) => {
  const loads = files.loads({ op: ['upload', 'download'], size: [1e6], wire: ['base64', 'raw'] });
  t.same(
    tableOf({ loads })?.rows.map(({ cells }) => cells.slice(0, 2).map(plain)),
    [
      ['epoll', 'upload'],
      ['epoll', 'download'],
    ],
  );
});

t.test('with few blocks there is a ratio without an interval', async (t) => {
  const loads = files.loads({ size: [1e6], wire: ['base64', 'raw'] });
  t.same(tableOf({ loads, trials: 1 })?.rows[0]?.cells.slice(2).map(plain), [
    '0.50',
    '',
    '0.50',
    '',
  ]);
});

t.test('a run with one wire format has no such table', async (t) => {
  t.equal(tableOf({}), null);
});
