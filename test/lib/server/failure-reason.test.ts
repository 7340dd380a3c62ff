/** The close reason of a failed socket. */
import { constants } from 'node:os';
import t from 'tap';
import { native } from '../../../lib/native.js';
import { failureReason } from '../../../lib/server/failure-reason.js';

t.test('a peer that is gone has reset the connection, anything else is an error', async (t) => {
  const { ECONNRESET, EPIPE, ETIMEDOUT } = constants.errno;
  t.same([ECONNRESET, EPIPE].map(failureReason), ['reset', 'reset']);
  t.same([ETIMEDOUT, 0].map(failureReason), ['error', 'error']);
  for (const reason of ['reset', 'error'])
    t.ok(native.closeReasons.includes(reason), 'a reason of the native servers');
});
