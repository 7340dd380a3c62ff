/** What `serve` says about a server that other machines can reach. */

/** Null if none can, or if silent connections are closed. `address`: numeric. */
export function exposureWarning(address: string, idleTimeout: number | undefined): string | null {
  if (isLoopback(address) || (idleTimeout ?? 0) > 0) return null;
  return `other machines can connect to ${address}, and silent connections stay open: set --idle-timeout`;
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
