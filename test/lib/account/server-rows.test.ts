import t from 'tap';
import { columnsOf, rowsOf, type ServerRow } from '../../../lib/account/server-rows.js';

const ROWS: readonly ServerRow[] = [
  {
    ...{ loop: 0, remoteAddress: '127.0.0.1', remotePort: 40_000, opened: 1, closed: 9 },
    ...{ requests: 2, refused: 1, bytesIn: 12, bytesOut: 11, closeReason: 'end' },
  },
  {
    ...{ loop: 2, remoteAddress: '', remotePort: 0, opened: 3, closed: 4 },
    ...{ requests: 0, refused: 0, bytesIn: 0, bytesOut: 0, closeReason: 'reset' },
  },
];

t.test('rows converted to columns and back are unchanged', async (t) => {
  t.strictSame(rowsOf(columnsOf(ROWS), 0), ROWS);
  t.strictSame(rowsOf(columnsOf([]), 5), []);
});

t.test('loop numbers continue from those of the preceding processes', async (t) => {
  t.same(
    rowsOf(columnsOf(ROWS), 4).map(({ loop }) => loop),
    [4, 6],
  );
});

t.test('a column keeps values of more than 32 bits', async (t) => {
  const [row] = rowsOf(columnsOf([{ ...(ROWS[0] as ServerRow), bytesIn: 2 ** 53 - 1 }]), 0);
  t.equal(row?.bytesIn, 2 ** 53 - 1);
});
