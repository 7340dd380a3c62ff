/** Listeners of a server: the addresses they bind, and the error if binding fails. */
import t from 'tap';
import { native } from '../../../lib/native.js';
import { listen } from '../../../lib/server/start.js';
import { HOST } from '../../support/host.js';

t.test('port 0 selects a free port, and a second listener on it is refused', async (t) => {
  const { fd, port, address } = listen(HOST, 0, 16);
  t.teardown(() => native.close(fd));
  t.equal(address, HOST);
  t.ok(port > 0);
  t.throws(() => listen(HOST, port, 16), {
    message: new RegExp(`^cannot listen on ${HOST}, port ${port}: [^:]*in use$`, 'i'),
    code: 'EADDRINUSE',
  });
});

t.test('several listeners share a port if each of them allows it', async (t) => {
  const first = listen(HOST, 0, 16, { reusePort: true });
  const second = listen(HOST, first.port, 16, { reusePort: true });
  t.equal(second.port, first.port);
  t.not(second.fd, first.fd);
  for (const { fd } of [first, second]) native.close(fd);
});
