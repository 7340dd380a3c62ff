/** Joins the transfers of both sides on connection and number. */
import { type Ends, keyOf, pairs } from './pairs.js';

/** A transfer, with the ends of its connection. */
interface Numbered extends Ends {
  /** On its connection, from 1. */
  readonly number: number;
}

/** One side's transfers. */
export interface Transferred<Transfer extends Numbered> {
  /** All connections with a row, so that those without a transfer are joined too. */
  readonly connections: readonly Ends[];
  readonly transfers: readonly Transfer[];
}

export interface Joined<Client, Server> {
  /** The client's ADDRESS:PORT. */
  readonly connection: string;
  readonly number: number;
  readonly client: Client | undefined;
  readonly server: Server | undefined;
  /** The server's row of the connection is lost, and transfers may be with it. */
  readonly isLost: boolean;
}

/** `rowsLost`: a server process died, so that rows which the server lacks are lost. */
export function* joinTransfers<Client extends Numbered, Server extends Numbered>(
  client: Transferred<Client>,
  server: Transferred<Server>,
  rowsLost: boolean,
): Generator<Joined<Client, Server>> {
  const [mine, theirs] = [connectionsOf(client), connectionsOf(server)];
  for (const pair of pairs(mine, theirs, rowsLost)) {
    const [own, others] = [pair.client?.transfers, pair.server?.transfers];
    const isLost = pair.isLost || (rowsLost && pair.server?.hasRow === false);
    for (const number of new Set([...(own?.keys() ?? []), ...(others?.keys() ?? [])])) {
      const [mine, theirs] = [own?.get(number), others?.get(number)];
      yield { connection: pair.connection, number, client: mine, server: theirs, isLost };
    }
  }
}

interface Connection<Transfer> extends Ends {
  readonly transfers: Map<number, Transfer>;
  readonly hasRow: boolean;
}

/** A connection may be known by its transfers alone, if its row is lost. */
function connectionsOf<Transfer extends Numbered>({
  connections,
  transfers,
}: Transferred<Transfer>): readonly Connection<Transfer>[] {
  const known = new Map<string, Connection<Transfer>>();
  const enter = ({ address, port, opened }: Ends, hasRow: boolean): Connection<Transfer> => {
    const connection = { address, port, opened, transfers: new Map(), hasRow };
    known.set(keyOf(connection), connection);
    return connection;
  };
  for (const ends of connections) enter(ends, true);
  for (const transfer of transfers)
    (known.get(keyOf(transfer)) ?? enter(transfer, false)).transfers.set(transfer.number, transfer);
  return [...known.values()];
}
