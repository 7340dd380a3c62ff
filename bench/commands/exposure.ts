/** The warning of `serve` for a server that other machines can reach. */

/** Null if other machines can't connect, or if idle connections are closed. `address`: numeric. */
export function exposureWarning(address: string, idleTimeout: number | undefined): string | null {
  if (isLoopback(address) || (idleTimeout ?? 0) > 0) return null;
  return `other machines can connect to ${address}, and idle connections stay open: set --idle-timeout`;
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
