/** `--congestion` of `serve` and of `load`: each sets the sockets of its side. */
import t from 'tap';
import { start } from '../../support/command.js';
import { congestionOf, INVISIBLE, UNUSUAL } from '../../support/congestion.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';
import { Peer } from '../../support/peer.js';
import { serve } from '../../support/server.js';
import { startServing } from '../../support/serving.js';

const SET = ['--congestion', UNUSUAL ?? ''];

/** Of the connections to that port: the number of ends that have it, and the number of all ends. */
function endsWithIt(port: number): readonly [number, number] {
  const ends = congestionOf(port);
  return [ends.filter((name) => name === UNUSUAL).length, ends.length];
}

t.test("serve --congestion applies to the server's sockets", { skip: INVISIBLE }, async (t) => {
  const { port } = await startServing(t, ...SET);
  for (let i = 0; i < 2; i++) await Peer.connect(t, port);
  t.same(endsWithIt(port), [2, 4]);
});

t.test("load --congestion applies to the client's sockets", { skip: INVISIBLE }, async (t) => {
  const { port } = await serve(t, 'epoll');
  const target = ['--target', `${HOST}:${port}`, '--conns', '3', '--duration', '60s'];
  const { child, ended } = start(t.testdir(), 'load', ...target, ...SET);
  t.teardown(() => child.kill('SIGKILL'));
  await eventually('all are connected', () => congestionOf(port).length === 6);
  t.same(endsWithIt(port), [3, 6]);
  child.kill('SIGINT');
  t.equal((await ended).code, 130);
});
