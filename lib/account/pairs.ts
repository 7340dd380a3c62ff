/** Joins the connections of both sides on the client's address and port. */

/** A connection as one side knows it. */
export interface Ends {
  /** The client's. */
  readonly address: string;
  readonly port: number;
  /** Orders consecutive connections with the same client port; any unit. */
  readonly opened: number;
}

export interface Pair<Client, Server> {
  /** The client's ADDRESS:PORT. */
  readonly connection: string;
  readonly client: Client | undefined;
  readonly server: Server | undefined;
  /** The server's row was lost with a process that died. */
  readonly isLost: boolean;
}

/** `rowsLost`: a server process died, so that rows which the server lacks are lost. */
export function* pairs<Client extends Ends, Server extends Ends>(
  clients: readonly Client[],
  servers: readonly Server[],
  rowsLost: boolean,
): Generator<Pair<Client, Server>> {
  const [mine, theirs] = [byConnection(clients), byConnection(servers)];
  for (const connection of new Set([...mine.keys(), ...theirs.keys()])) {
    const [own, others] = [mine.get(connection) ?? [], theirs.get(connection) ?? []];
    const known = rowsLost ? withoutLost(own, others) : own;
    for (const client of own)
      if (!known.includes(client)) yield { connection, client, server: undefined, isLost: true };
    for (let i = 0; i < Math.max(known.length, others.length); i++)
      yield { connection, client: known[i], server: others[i], isLost: false };
  }
}

/** The name of the connection; several in succession may have it. */
export function connectionOf({ address, port }: Ends): string {
  // An IPv6 socket shows IPv4 addresses as ::ffff:a.b.c.d.
  return `${address.replace(/^::ffff:/, '')}:${port}`;
}

/** Tells connections in succession with the same name apart. */
export function keyOf(ends: Ends): string {
  return `${connectionOf(ends)} ${ends.opened}`;
}

/** The server's sides of the connections of these clients. */
export function serversOf<Client, Server>(
  joined: Iterable<Pick<Pair<Client, Server>, 'client' | 'server'>>,
  clients: ReadonlySet<Client>,
): ReadonlySet<Server> {
  const found = new Set<Server>();
  for (const { client, server } of joined)
    if (client !== undefined && server !== undefined && clients.has(client)) found.add(server);
  return found;
}

/** The client's rows of connections that the server knows: of one port, the last opened before. */
function withoutLost<Client extends Ends>(
  own: readonly Client[],
  others: readonly Ends[],
): readonly Client[] {
  const known = new Set(others.map(({ opened }) => own.findLast((mine) => mine.opened <= opened)));
  return own.filter((mine) => known.has(mine));
}

function byConnection<Side extends Ends>(
  sides: readonly Side[],
): ReadonlyMap<string, readonly Side[]> {
  const groups = new Map<string, Side[]>();
  for (const side of sides) {
    const connection = connectionOf(side);
    const group = groups.get(connection);
    if (group) group.push(side);
    else groups.set(connection, [side]);
  }
  for (const group of groups.values()) group.sort((a, b) => a.opened - b.opened);
  return groups;
}
