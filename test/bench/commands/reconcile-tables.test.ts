/** A server's tables against those of its clients: what is compared, what is counted apart, and what is a difference. */
import t from 'tap';
import { reconcileTables } from '../../../bench/commands/reconcile-tables.js';
import type { ClientSide, Side } from '../../../lib/account/reconcile.js';
import type { TransferSide } from '../../../lib/account/reconcile-transfers.js';

const side = (port: number, opened: number, requests = 1): Side => ({
  ...{ address: '127.0.0.1', port, opened, requests, refused: 0 },
  ...{ toServer: 10 * requests, toClient: 20 * requests },
});

const client = (port: number, opened: number, requests = 1): ClientSide => ({
  ...side(port, opened, requests),
  gaveUp: false,
});

const transfer = (port: number, opened: number): TransferSide => ({
  ...{ address: '127.0.0.1', port, opened },
  ...{ number: 1, operation: 'get', bytes: 20, outcome: 'done' },
});

const NONE = { measured: [], beside: [], untimed: [], transfers: null };

t.test('measured and untimed connections are counted apart, also with one port', async (t) => {
  const clients = {
    ...NONE,
    measured: [client(1, 0, 5), client(2, 1, 5)],
    untimed: [client(1, -1, 3), client(1, 10, 4)],
  };
  const rows = [side(1, 100, 3), side(1, 200, 5), side(2, 210, 5), side(1, 300, 4)];
  const of = (connections: readonly Side[]) =>
    reconcileTables(clients, { connections, transfers: null });
  t.match(of(rows), { compared: 2, mismatches: 0, untimed: { compared: 2, mismatches: 0 } });
  t.match(of([...rows, side(3, 50)]), {
    ...{ compared: 3, mismatches: 1, untimed: { mismatches: 0 } },
    examples: [{ connection: '127.0.0.1:3', what: 'the client has no row' }],
  });
  t.match(of(rows.slice(0, 3)), {
    ...{ mismatches: 0, untimed: { compared: 2, mismatches: 1 } },
  });
  const [first, ...others] = rows as [Side, ...Side[]];
  t.match(of([{ ...first, requests: 2 }, ...others]), {
    mismatches: 0,
    untimed: { examples: [{ what: 'requests: client 3, server 2' }] },
  });
});

t.test('transfers are compared where the client keeps them, others are counted', async (t) => {
  const clients = {
    ...{ measured: [client(1, 0)], beside: [client(2, 0)], untimed: [client(3, -1)] },
    transfers: [transfer(1, 0)],
  };
  const connections = [side(1, 100), side(2, 110), side(3, 50)];
  const transfers = [transfer(1, 100), transfer(2, 110), transfer(3, 50)];
  t.match(reconcileTables(clients, { connections, transfers }), {
    ...{ compared: 2, mismatches: 0 },
    transfers: { compared: 1, mismatches: 0, notCompared: 2 },
  });
  const unknown = transfer(4, 120);
  t.match(reconcileTables(clients, { connections, transfers: [...transfers, unknown] }), {
    transfers: { compared: 2, mismatches: 1, notCompared: 2 },
  });
  t.equal(reconcileTables(clients, { connections, transfers: null }).transfers, null);
  t.equal(
    reconcileTables({ ...clients, transfers: null }, { connections, transfers }).transfers,
    null,
  );
});
