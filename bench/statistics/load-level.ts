/** What servers are put under to be compared: only those under the same load are. Pure. */

export interface LoadLevel {
  readonly connections: number;
  readonly idle: number;
  /** Messages per second; 0: closed loop. */
  readonly rate: number;
  /** Of a message's text, on average. */
  readonly bytes: number;
}

/** The same for equal loads only. */
export function levelKey({ connections, idle, rate, bytes }: LoadLevel): string {
  return [connections, idle, rate, bytes].join();
}

export function levelOf({ connections, idle, rate, bytes }: LoadLevel): LoadLevel {
  return { connections, idle, rate, bytes };
}
