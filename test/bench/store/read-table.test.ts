/** A table that the user names: its values, and what is said of a file that is none. */
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { UsageError } from '../../../bench/cli/usage-error.js';
import { readTable } from '../../../bench/store/read-table.js';

const fileOf = (t: Test, text: string) => join(t.testdir({ 'a.csv': text }), 'a.csv');

t.test('values are read by column; a row that was cut off is none', async (t) => {
  const path = fileOf(t, 'name,count,at\nx,12,3.5\ny,1,0\nz,9');
  const rows = await readTable('--clients', path, ['name', 'at']);
  t.strictSame(
    rows.map(({ text, whole, time }) => [text('name'), whole('count'), time('at')]),
    [
      ['x', 12, 3.5],
      ['y', 1, 0],
    ],
  );
});

t.test('a wrong file is a usage error that names it', async (t) => {
  const path = fileOf(t, 'name,count\nx,many\n');
  const refused = (work: Promise<unknown>, message: RegExp) => t.rejects(work, { message });
  await refused(readTable('--clients', `${path}.gone`, []), /^--clients .*gone: ENOENT/);
  await refused(readTable('--clients', path, ['size']), /has no column size; allowed/);
  const [row] = await readTable('--clients', path, ['count']);
  t.throws(() => row?.whole('count'), /row 1, count: many is not a number/);
  await t.rejects(readTable('--clients', path, ['size']), UsageError);
});
