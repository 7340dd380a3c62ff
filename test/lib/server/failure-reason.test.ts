/** The close reason of a failed socket. */
import { constants } from 'node:os';
import t from 'tap';
import { native } from '../../../lib/native.js';
import { failureReason } from '../../../lib/server/failure-reason.js';

t.test('a failure because the peer is gone is a reset, any other is an error', async (t) => {
  const { ECONNRESET, EPIPE, ETIMEDOUT } = constants.errno;
  t.same([ECONNRESET, EPIPE].map(failureReason), ['reset', 'reset']);
  t.same([ETIMEDOUT, 0].map(failureReason), ['error', 'error']);
  for (const reason of ['reset', 'error'])
    t.ok(native.closeReasons.includes(reason), 'a reason of the native servers');
});
