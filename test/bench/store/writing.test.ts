import t from 'tap';
import { writing } from '../../../bench/store/writing.js';

t.test('a write error names the path and keeps its cause', async (t) => {
  const cause = Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
  });
  await t.rejects(writing('out/run.json', Promise.reject(cause)), {
    message: 'cannot write out/run.json: ENOSPC: no space left on device, write',
    cause,
  });
});

t.test('a successful write returns its value', async (t) => {
  t.equal(await writing('out', Promise.resolve(5)), 5);
});
