/** `serve --idle-timeout` and `--write-timeout`, and the warning if they are missing. */
import t from 'tap';
import { exposureWarning } from '../../../bench/commands/exposure.js';
import { c10k } from '../../support/command.js';
import { eventually } from '../../support/eventually.js';
import { Peer } from '../../support/peer.js';
import { startServing } from '../../support/serving.js';

t.test('serve closes an idle connection and records the reason in its row', async (t) => {
  const serving = await startServing(t, '--server', 'epoll', '--idle-timeout', '100ms');
  const silent = await Peer.connect(t, serving.port);
  t.equal(await silent.ending(), 'end');
  await eventually('its row is on disk', () => serving.rows().length === 1);
  t.match(serving.rows()[0], { close_reason: 'idle', requests: '0' });
});

t.test('serve refuses a time-out of 0, and a time-out for the control', async (t) => {
  const zero = await c10k(t.testdir(), 'serve', '--idle-timeout', '0');
  t.match(zero, { code: 2 });
  const control = await c10k(t.testdir(), 'serve', '--server', 'control', '--idle-timeout', '1s');
  t.match(control, { code: 2, stderr: /not supported by --server control/ });
});

t.test('a server that other machines can reach is warned about without an idle time-out', (t) => {
  for (const address of ['127.0.0.1', '127.5.6.7', '::1', '::ffff:127.0.0.1'])
    t.equal(exposureWarning(address, undefined), null, address);
  for (const address of ['0.0.0.0', '192.0.2.7', '::', '::ffff:192.0.2.7'])
    t.match(exposureWarning(address, undefined), /--idle-timeout/, address);
  t.equal(exposureWarning('0.0.0.0', 30e9), null);
  t.end();
});
