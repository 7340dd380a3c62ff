/** Source addresses for many connections to one loopback address: ip(7), ip_local_port_range. */
import { isIPv4 } from 'node:net';

/**
 * The maximum share of an address's ports to use: finding a free port gets slow when few are left.
 */
const USABLE_SHARE = 0.6;
const HOSTS_PER_NETWORK = 254;

/**
 * The addresses of 127.0.0.0/8 that the connections need, from 127.0.0.1 on. Empty if the kernel's
 * choice suffices or the target is not IPv4 loopback, which alone has additional addresses.
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
