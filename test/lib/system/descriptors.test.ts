/** The remaining descriptors of this process, compared with the number that it can open. */
import { closeSync, openSync } from 'node:fs';
import t from 'tap';
import { descriptorsLeft } from '../../../lib/system/descriptors.js';
import { leaveDescriptors, limitDescriptors } from '../../support/descriptors.js';

function openAll(): number[] {
  const opened: number[] = [];
  try {
    for (;;) opened.push(openSync('/dev/null', 'r'));
  } catch {
    return opened;
  }
}

t.test('exactly the remaining descriptors can be opened', async (t) => {
  const plenty = descriptorsLeft();
  await leaveDescriptors(process.pid, 20);
  const left = descriptorsLeft();
  const opened = openAll();
  const none = descriptorsLeft();
  for (const fd of opened) closeSync(fd);
  await limitDescriptors(process.pid, 1024);
  // Counting briefly uses a descriptor itself.
  t.ok(left === opened.length || left === opened.length - 1, `${left} of ${opened.length}`);
  t.equal(none, 0);
  t.ok(plenty > 20);
});
