/** Reading proc(5): integers, or null if a value is missing. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { totalmem } from 'node:os';
import t from 'tap';
import {
  availableMemory,
  countThreads,
  parseField,
  parseKilobytes,
  parseThreads,
  parseWhole,
  readPss,
  readText,
} from '../../../lib/system/procfs.js';

const ROLLUP = `558308c81000-7ffeec2a1000 ---p 00000000 00:00 0                          [rollup]
Rss:                1616 kB
Pss_Dirty:           112 kB
Pss:                 549 kB
SwapPss:               7 kB
`;

/** A process that has ended and was reaped, so that its PID is unused. */
async function goneProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'exit');
  return child.pid ?? 0;
}

t.test('Pss is distinguished from similar names, and returned in bytes', async (t) => {
  t.equal(parseKilobytes(ROLLUP, 'Pss'), 549 * 1024);
});

t.test('a memory line that is missing or in another unit gives null', async (t) => {
  t.equal(parseKilobytes(ROLLUP, 'Swap'), null);
  t.equal(parseKilobytes('Pss: 12 pages\n', 'Pss'), null);
  t.equal(parseKilobytes('', 'Pss'), null);
  t.equal(parseKilobytes(null, 'Pss'), null);
});

t.test('a whole number consists only of decimal digits', async (t) => {
  t.equal(parseWhole(' 4096\n'), 4096);
  t.equal(parseWhole('0'), 0);
  for (const text of ['', 'max', '-1', '1e3', '1.5', '1 2', '0x10', null]) {
    t.equal(parseWhole(text), null, `${text}`);
  }
});

t.test('a field ends at its line, and excludes padding', async (t) => {
  t.equal(parseField('model\t\t: 17\nmodel name\t: A B \nstepping: 1\n', 'model name'), 'A B');
  t.equal(parseField('empty:\nnext: 1\n', 'empty'), '');
  t.equal(parseField('Threads: 1\n', 'Thread'), null);
});

t.test('a zombie has no threads', async (t) => {
  t.equal(parseThreads('State:\tZ (zombie)\nThreads:\t1\n'), null);
});

t.test('a process whose first thread has ended still counts the others', async (t) => {
  t.equal(parseThreads('State:\tZ (zombie)\nThreads:\t4\n'), 4);
});

t.test('a live process has memory and threads', async (t) => {
  const { pid } = process;
  t.ok((readPss(pid) ?? 0) > 1024 * 1024);
  t.ok((countThreads(pid) ?? 0) > 1);
});

t.test('a process that no longer exists gives null, not 0', async (t) => {
  const pid = await goneProcess();
  t.equal(readPss(pid), null);
  t.equal(countThreads(pid), null);
});

t.test('a missing file, or a path that is not a file, gives null', async (t) => {
  t.equal(readText('/proc/no-such-file'), null);
  t.equal(readText('/proc/self'), null);
});

t.test('available memory is more than 0 and less than the total', async (t) => {
  const available = availableMemory() ?? 0;
  t.ok(available > 0);
  t.ok(available < totalmem());
});
