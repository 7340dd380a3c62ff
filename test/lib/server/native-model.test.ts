/** The counts of a native model by loop; the control has none. */
import t from 'tap';
import { COUNT_NAMES, counts } from '../../../lib/account/counts.js';
import { native } from '../../../lib/native.js';
import { startNative } from '../../../lib/server/native-model.js';
import { HOST } from '../../support/host.js';
import { ECHO } from '../../support/services.js';

const SPEC = { service: ECHO, backlog: 16, listeners: 1 };

async function countsOf(model: string, loops: number) {
  const { fd } = native.listen(HOST, 0, 16);
  const server = await startNative([fd], { ...SPEC, model, loops });
  const each = server.counts();
  const { loop } = await server.stop();
  native.close(fd);
  return { each, rows: loop.length };
}

t.test('each loop has every count, 0 before the first connection', async (t) => {
  const { each, rows } = await countsOf('threads', 1);
  t.equal(rows, 0);
  t.equal(each.length, 1);
  for (const name of COUNT_NAMES) t.type(each[0]?.[name], 'number', name);
  t.match(each[0], { accepts: 0, closes: 0, requests: 0, bytesIn: 0 });
  t.equal((await countsOf('epoll', 3)).each.length, 3);
});

t.test('the control has no counts', async (t) => {
  t.same((await countsOf('control', 2)).each, [counts({}), counts({})]);
});
