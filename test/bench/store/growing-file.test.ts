/** A growing file: appended text is on disk, and an existing file is not overwritten. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openGrowingFile } from '../../../bench/store/growing-file.js';

t.test('lines are in the file once they are appended', async (t) => {
  const path = join(t.testdir(), 'table.csv');
  const file = await openGrowingFile(path, 'a,b\n');
  t.equal(readFileSync(path, 'utf8'), 'a,b\n');
  await file.append(['1,2\n', '3,4\n']);
  t.equal(readFileSync(path, 'utf8'), 'a,b\n1,2\n3,4\n');
  await file.close();
});

t.test('an existing file is not overwritten', async (t) => {
  const path = join(t.testdir({ 'table.csv': 'kept' }), 'table.csv');
  await t.rejects(openGrowingFile(path, 'a\n'), {
    message: new RegExp(`^cannot write ${path}: EEXIST`),
  });
  t.equal(readFileSync(path, 'utf8'), 'kept');
});

t.test('the error of a later write names the file', async (t) => {
  const path = join(t.testdir(), 'table.csv');
  const file = await openGrowingFile(path, '');
  await file.close();
  await t.rejects(file.append(['1\n']), { message: new RegExp(`^cannot write ${path}`) });
});
