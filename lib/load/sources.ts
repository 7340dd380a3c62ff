/** Source addresses for many connections to one loopback address: ip(7), ip_local_port_range. */
import { isIPv4 } from 'node:net';

/** An address serves this share of its ports at most: the search for a free one gets slow near the end. */
const USABLE_SHARE = 0.6;
const HOSTS_PER_NETWORK = 254;

/**
 * As many addresses of 127.0.0.0/8 as the connections need, from 127.0.0.1 on; none where the kernel's
 * choice does, or must do: only IPv4 loopback has addresses to spare.
 */
export function sourceAddresses(
  target: string,
  connections: number,
  portsPerAddress: number,
): readonly string[] {
  if (!isIPv4(target) || !target.startsWith('127.')) return [];
  const count = Math.ceil(connections / Math.max(1, Math.floor(portsPerAddress * USABLE_SHARE)));
  if (count < 2) return [];
  return Array.from(
    { length: count },
    (_, i) => `127.0.${Math.floor(i / HOSTS_PER_NETWORK)}.${(i % HOSTS_PER_NETWORK) + 1}`,
  );
}
