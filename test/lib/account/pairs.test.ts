/** Joins the connections of both sides by the client's address and port and the order of opening. */
import t from 'tap';
import { type Ends, keyOf, pairs, serversOf } from '../../../lib/account/pairs.js';

const ends = (port: number, opened: number, address = '10.0.0.1'): Ends => ({
  address,
  port,
  opened,
});

function joined(mine: readonly Ends[], theirs: readonly Ends[], rowsLost = false) {
  return [...pairs(mine, theirs, rowsLost)].map(({ connection, client, server, isLost }) => [
    connection,
    client?.opened ?? null,
    server?.opened ?? null,
    isLost,
  ]);
}

t.test('connections of a port are joined in the order of opening on each side', async (t) => {
  const theirs = [ends(1, 900), ends(1, 800, '::ffff:10.0.0.1'), ends(2, 5)];
  t.strictSame(joined([ends(1, 20), ends(1, 30), ends(3, 7)], theirs), [
    ['10.0.0.1:1', 20, 800, false],
    ['10.0.0.1:1', 30, 900, false],
    ['10.0.0.1:3', 7, null, false],
    ['10.0.0.1:2', null, 5, false],
  ]);
});

t.test('rows of a dead process are missing; the others are joined by time', async (t) => {
  const mine = [ends(1, 10), ends(1, 20), ends(1, 30), ends(2, 10)];
  t.strictSame(joined(mine, [ends(1, 21)], true), [
    ['10.0.0.1:1', 10, null, true],
    ['10.0.0.1:1', 30, null, true],
    ['10.0.0.1:1', 20, 21, false],
    ['10.0.0.1:2', 10, null, true],
  ]);
});

t.test('the server’s sides of some clients are those joined with them', async (t) => {
  const [first, second, other] = [ends(1, 10), ends(1, 20), ends(2, 5)];
  const theirs = [ends(1, 100), ends(1, 200), ends(2, 50), ends(3, 60)];
  const all = [...pairs([first, second, other], theirs, false)];
  t.same([...serversOf(all, new Set([second]))], [theirs[1]]);
  t.same([...serversOf(all, new Set([first, other]))], [theirs[0], theirs[2]]);
});

t.test(
  'connections in succession have different keys, however their address is written',
  async (t) => {
    t.equal(keyOf(ends(1, 10)), keyOf(ends(1, 10, '::ffff:10.0.0.1')));
    t.not(keyOf(ends(1, 10)), keyOf(ends(1, 20)));
  },
);
