/** The section on pools. */
import t from 'tap';
import { pools } from '../../../../bench/report/document/pools.js';
import { type Block, plain } from '../../../../bench/report/text/blocks.js';
import { jitter, poolStudy, type RateOf } from '../../../support/pools.js';

const SLOW_ALONE: RateOf = (record) =>
  (record.connections === 5 && record.workers === 1 ? 25 : 100) * jitter(record);

const paragraphs = (blocks: readonly Block[]) =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? [plain(block.text)] : []));

t.test('the list says what each number of workers is good for', async (t) => {
  const list = pools(poolStudy(SLOW_ALONE)).blocks.find(({ kind }) => kind === 'list');
  t.same(list?.kind === 'list' && list.items.map(({ head, text }) => [head, plain(text)]), [
    [
      '1 worker',
      '1.00 with 1 client, 0 % waiting; 0.25 with 5 clients, 80 % waiting. Within 5 % of the best with 1 client.',
    ],
    [
      '5 workers',
      '1.00 with 1 client, 0 % waiting; 1.00 with 5 clients, 0 % waiting. Within 5 % of the best with 1 and 5 clients.',
    ],
  ]);
});

t.test('the pools are compared for each combination', async (t) => {
  const { blocks } = pools(
    poolStudy((record) => (record.server === 'thread-pool' ? 200 : 100) * jitter(record)),
  );
  t.match(
    paragraphs(blocks)[1],
    /^The throughput of the pools differs significantly under 4 of 4 combinations .*: with 1 worker and 1 client thread-pool has 2\.00× the throughput of process-pool;/,
  );
  const table = blocks.find(({ kind }) => kind === 'table');
  t.equal(table?.kind === 'table' && table.rows.length, 4);
});

t.test('equal pools are not significantly different; one trial is too few to say so', async (t) => {
  t.match(paragraphs(pools(poolStudy(jitter)).blocks)[1], /not significantly different under any/);
  t.match(
    paragraphs(pools(poolStudy(jitter, { trials: 1 })).blocks)[1],
    /can't be compared: that needs 3 blocks/,
  );
});

t.test('without several numbers of workers the section is omitted', async (t) => {
  t.same(pools(poolStudy(jitter, { workers: [5] })).blocks, []);
});
