/** Two servers share a listener, as two processes do: stopping one does not affect the other's rows. */
import t from 'tap';
import { native } from '../../../lib/native.js';
import { HOST } from '../../support/host.js';
import { Peer } from '../../support/peer.js';
import { ECHO } from '../../support/services.js';

const PEERS = 6;

for (const model of ['threads', 'thread-pool', 'epoll'])
  t.test(`every row of two ${model} servers is kept`, async (t) => {
    const { fd, port } = native.listen(HOST, 0, 64);
    const loops = model === 'thread-pool' ? PEERS : 1;
    const spec = { model, service: ECHO, listeners: [fd], loops };
    const servers = [new native.Server(spec), new native.Server(spec)];
    for (let n = 0; n < PEERS; n++) {
      const peer = await Peer.connect(t, port);
      t.equal(await peer.ask('request\n'), 'request\n');
    }
    let rows = 0;
    for (const server of servers) {
      const { requests } = await server.stop();
      rows += requests.length;
    }
    native.close(fd);
    t.equal(rows, PEERS);
  });
