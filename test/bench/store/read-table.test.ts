import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { DECIMAL, readTable, WHOLE } from '../../../bench/store/read-table.js';

/** The requests and start times of a table of slices. */
async function read(t: Test, text: string): Promise<readonly string[]> {
  const path = join(t.testdir(), 'slices.csv');
  writeFileSync(path, text);
  const rows: string[] = [];
  await readTable({ path, table: 'slices', where: 'the table' }, (get) =>
    rows.push(`${get('requests', WHOLE)} ${get('from_ms', DECIMAL)}`),
  );
  return rows;
}

const HEADER = 'side,requests,other,from_ms,to_ms';

t.test('columns are found by name, and others are ignored', async (t) => {
  t.same(await read(t, `${HEADER}\na,1,x,2.5,3\nb,4,,5,6\n`), ['1 2.5', '4 5']);
  t.same(await read(t, `${HEADER}\r\na,1,x,2.5,3\r\n`), ['1 2.5'], 'CRLF line endings');
});

t.test('an incomplete last row is ignored', async (t) => {
  for (const end of ['', 'a,1,x,2.5', 'a,1,x,2.5,3'])
    t.same(await read(t, `${HEADER}\na,7,x,2,3\n${end}`), ['7 2']);
});

t.test('lines longer than the read buffer are complete', async (t) => {
  const wide = 'x'.repeat(3 * 2 ** 20);
  t.same(await read(t, `${HEADER}\na,1,${wide},2,3\na,4,${wide},5,6\n`), ['1 2', '4 5']);
});

t.test('numbers with a sign, an exponent or spaces are refused', async (t) => {
  for (const wrong of ['', '-1', '1e3', ' 1', '0x1', '1.', 'NaN']) {
    const message = `the table, line 2, requests: ${wrong} is not a whole number; allowed: a file of a c10k run`;
    await t.rejects(read(t, `${HEADER}\na,${wrong},,2,3\n`), { name: 'UsageError', message });
    await t.rejects(read(t, `${HEADER}\na,1,,${wrong},3\n`), { message: /from_ms: .* a number;/ });
  }
});
