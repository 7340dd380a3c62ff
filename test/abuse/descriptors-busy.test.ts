/** Descriptors run out and become free while a connection keeps the loop busy: waiting ones are served. */
import t from 'tap';
import { leaveDescriptors, limitDescriptors } from '../support/descriptors.js';
import { eventually } from '../support/eventually.js';
import { ACCOUNTING, limitIsFixed, skipOf } from '../support/models.js';
import { Peer } from '../support/peer.js';
import { countsOf, serve } from '../support/server.js';

// A pool's worker serves one connection at a time. libuv closes what it has no descriptor for.
const SHARING = ACCOUNTING.filter((model) => !model.serial && model.engine !== 'libuv');

for (const model of SHARING) {
  const name = `${model.name} serves waiting connections even if it is busy`;
  t.test(name, { skip: skipOf(model) || limitIsFixed(model) }, async (t) => {
    const server = await serve(t, model.name);
    const [pid = 0] = server.pids;
    const busy = await Peer.connect(t, server.port);
    t.equal(await busy.ask('busy\n'), 'busy\n');
    let chatting = true;
    const chat = async () => {
      while (chatting) await busy.ask('busy\n');
    };
    const chatted = chat();
    chatted.catch(() => {}); // awaited below

    await leaveDescriptors(pid, 8);
    const peers: Peer[] = [];
    const join = async () => {
      const peer = await Peer.connect(t, server.port);
      peer.push('request\n');
      peers.push(peer);
    };
    const full = async () => ((await countsOf(server)).acceptPauses ?? 0) > 0;
    while (!(await full())) {
      await join();
      await eventually('it is served or waits', async () => {
        return (await full()) || peers.every((peer) => peer.answered);
      });
    }
    await join();
    t.notOk(
      peers.every((peer) => peer.answered),
      'one waits',
    );
    await limitDescriptors(pid, 1000);
    await eventually('all are served', () => peers.every((peer) => peer.answered));
    chatting = false;
    await chatted;
  });
}
