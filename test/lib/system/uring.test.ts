/** The reason why io_uring can't be used, from the error of io_uring_setup(2). */
import t from 'tap';
import { obstacleInWords } from '../../../bench/report/text/obstacles.js';
import { obstacleOf, readUring } from '../../../lib/system/uring.js';

const REASONS: readonly (readonly [code: string, disabled: number, reason: RegExp])[] = [
  ['ENOSYS', 0, /^this kernel has no io_uring$/],
  ['ENOSYS', 2, /^this kernel has no io_uring$/],
  ['EINVAL', 0, /Linux 6\.0/],
  ['EPERM', 0, /seccomp/],
  ['EPERM', 1, /kernel\.io_uring_disabled = 1\)/],
  ['EPERM', 2, /kernel\.io_uring_disabled = 2\)/],
  ['ENOMEM', 0, /the message$/],
];

t.test('each error has a one-line reason', async (t) => {
  for (const [code, disabled, reason] of REASONS) {
    const found = obstacleInWords(obstacleOf({ code, message: 'the message' }, disabled));
    t.match(found, reason, `${code}, disabled ${disabled}`);
    t.notMatch(found, '\n');
  }
});

t.test('this machine has either flags or a reason why io_uring can’t be used', async (t) => {
  const { flags, obstacle } = readUring();
  t.not(flags === null, obstacle === null);
});
