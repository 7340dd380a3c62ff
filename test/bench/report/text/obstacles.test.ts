import t from 'tap';
import { obstacleInWords } from '../../../../bench/report/text/obstacles.js';

t.test('a storage that is too small is named with what is needed and free', async (t) => {
  const obstacle = { kind: 'storage too small', directory: '/dev/shm' } as const;
  t.equal(
    obstacleInWords({ ...obstacle, needs: 5.25 * 2 ** 30, free: 64 * 2 ** 20 }),
    'needs 5.25 GiB in /dev/shm, 64.0 MiB can be used; choose another directory or a smaller load',
  );
});
