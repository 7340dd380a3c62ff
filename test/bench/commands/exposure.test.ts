/** When a server that other machines can reach is warned about. */
import t from 'tap';
import { exposureWarning } from '../../../bench/commands/exposure.js';

t.test('there is no warning if only this machine can connect', async (t) => {
  for (const address of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])
    t.equal(exposureWarning(address, undefined), null, address);
});

t.test('the warning names the address, unless idle connections are closed', async (t) => {
  for (const address of ['0.0.0.0', '::', '192.0.2.127', '::ffff:10.0.0.1', '10.127.0.1']) {
    t.match(exposureWarning(address, undefined), `connect to ${address}, and idle`);
    t.match(exposureWarning(address, 0), '--idle-timeout', '0: never');
    t.equal(exposureWarning(address, 1), null);
  }
});
