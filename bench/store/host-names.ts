/** Names of hosts by reverse lookup. Each address is looked up once. */
import { lookupService } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Names by address. */
export type Names = ReadonlyMap<string, string>;

/** The name of a host, or its address if it has none or none was found within the time limit. */
export type NameOf = (address: string, withinMs: number) => Promise<string>;

type Lookup = (address: string) => Promise<{ readonly hostname: string }>;

/** What a name server returns is written to tables and terminals, so anything else is not taken as a name. */
const NAME = /^[\w.-]+$/;

/** Never rejects. A lookup that takes longer than its caller waits goes on, for later callers. */
export function hostNames(lookup: Lookup = (address) => lookupService(address, 0)): NameOf {
  const known = new Map<string, Promise<string>>();
  const start = (address: string) => {
    const name = nameOf(address, lookup);
    known.set(address, name);
    return name;
  };
  return (address, withinMs) =>
    Promise.race([known.get(address) ?? start(address), sleep(withinMs, address, { ref: false })]);
}

async function nameOf(address: string, lookup: Lookup): Promise<string> {
  if (isIP(address) === 0) return address; // lookupService() would throw
  const { hostname } = await lookup(address).catch(() => ({ hostname: address }));
  return NAME.test(hostname) ? hostname : address;
}

/** The names that this process has looked up. */
export const nameOfHost = hostNames();

/** The names of several hosts; an empty address has none. */
export async function namesOf(
  addresses: Iterable<string>,
  withinMs: number,
  nameOf: NameOf = nameOfHost,
): Promise<Names> {
  const each = [...new Set(addresses)].filter((address) => address !== '');
  return new Map(
    await Promise.all(
      each.map(async (address) => [address, await nameOf(address, withinMs)] as const),
    ),
  );
}
