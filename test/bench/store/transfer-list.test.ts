/** transfers.csv of a running server: rows in order of ending, numbered on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openTransferList } from '../../../bench/store/transfer-list.js';
import { SERVER_TRANSFER } from '../../support/transfers.js';

t.test('rows are in the file once appended, and unrecorded transfers are counted', async (t) => {
  const directory = t.testdir();
  const numbers = () =>
    readFileSync(join(directory, 'transfers.csv'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',').filter((_, i) => [0, 4, 8].includes(i)));
  const list = await openTransferList(directory, 4_000_000);
  const row = (number: number, ended: number) => ({ ...SERVER_TRANSFER, number, ended });
  await list.append({ rows: [row(1, 9_000_000), row(2, 8_000_000)], unrecorded: 0 });
  await list.append({ rows: [], unrecorded: 4 });
  await list.append({ rows: [row(3, 7_000_000)], unrecorded: 1 });
  t.strictSame(numbers(), [
    ['transfer', 'number', 'ended_ms'],
    ['1', '2', '4'],
    ['2', '1', '5'],
    ['3', '3', '3'],
  ]);
  t.strictSame(list.count(), { transfers: 3, unrecorded: 5 });
  await list.close();
});
