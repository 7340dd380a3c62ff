/** Joins the transfers of both sides on connection and number. */
import t from 'tap';
import { joinTransfers } from '../../../lib/account/join-transfers.js';

const ENDS = { address: '10.0.0.1', port: 7, opened: 10 };
const LATER = { ...ENDS, opened: 20 };

t.test('transfers have the number and the connection in common', async (t) => {
  const mine = { connections: [ENDS], transfers: [1, 2].map((number) => ({ ...ENDS, number })) };
  const theirs = { connections: [ENDS], transfers: [2, 3].map((number) => ({ ...ENDS, number })) };
  const joined = [...joinTransfers(mine, theirs, false)];
  t.same(
    joined.map(({ number, client, server }) => [number, client?.number, server?.number]),
    [
      [1, 1, undefined],
      [2, 2, 2],
      [3, undefined, 3],
    ],
  );
  t.ok(joined.every(({ connection, isLost }) => connection === '10.0.0.1:7' && !isLost));
});

t.test('transfers of consecutive connections with one port are kept apart', async (t) => {
  const both = {
    connections: [LATER, ENDS],
    transfers: [LATER, ENDS].map((ends) => ({ ...ends, number: 1 })),
  };
  const joined = [...joinTransfers(both, both, false)];
  t.same(
    joined.map(({ client, server }) => [client?.opened, server?.opened]),
    [
      [10, 10],
      [20, 20],
    ],
  );
});

t.test('of a connection whose row died with its process, transfers may be lost', async (t) => {
  const mine = { connections: [ENDS], transfers: [{ ...ENDS, number: 1 }] };
  const theirs = { connections: [], transfers: [] };
  t.same(
    [true, false].map((lost) => [...joinTransfers(mine, theirs, lost)].map((each) => each.isLost)),
    [[true], [false]],
  );
});
