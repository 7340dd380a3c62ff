/** Only one process at a time measures into a run. */
import { randomUUID } from 'node:crypto';
import t from 'tap';
import { lockRun } from '../../../bench/store/run-lock.js';

t.test('a locked run cannot be locked again until it is released', async (t) => {
  const id = randomUUID();
  const release = await lockRun('out', id);
  await t.rejects(lockRun('some/where', id), {
    name: 'UsageError',
    message: '--resume some/where: still being measured; allowed: a run that has ended',
  });
  (await lockRun('out', randomUUID()))(); // Another run is not locked.
  release();
  (await lockRun('out', id))();
});
