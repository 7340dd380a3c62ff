/** Tables as CSV: null is an empty field, rows are numbered, and lines are written in chunks. */
import t from 'tap';
import { type Columns, lines, ms, table, us } from '../../../bench/store/csv.js';

const COLUMNS: Columns<number | null> = [
  ['number', (_, index) => index + 1],
  ['value', (row) => row],
];

t.test('null is an empty field', async (t) => {
  t.equal([...table(COLUMNS, [7, null])].join(''), 'number,value\n1,7\n2,\n');
});

t.test('lines continue the numbering of earlier ones, in chunks', async (t) => {
  const chunks = [...lines(COLUMNS, Array(12_000).fill(1), 3)];
  t.equal(chunks.length, 3);
  t.match(chunks[0], /^4,1\n5,1\n/);
  t.match(chunks[2], /\n12003,1\n$/);
  t.strictSame([...lines(COLUMNS, [], 3)], []);
});

t.test('times are rounded to the precision of their unit', async (t) => {
  t.equal(us(1_234_567.4), 1234.567);
  t.equal(ms(1_234_567), 1.235);
});
