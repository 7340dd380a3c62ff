/** A load. Only servers under the same load are compared. Pure. */

export interface LoadLevel {
  readonly connections: number;
  readonly idle: number;
  /** Target rate in messages per second; 0: closed loop. */
  readonly rate: number;
  /** Mean size of a message's text. */
  readonly bytes: number;
}

/** Two loads have the same key if and only if they are equal. */
export function levelKey({ connections, idle, rate, bytes }: LoadLevel): string {
  return [connections, idle, rate, bytes].join();
}

export function levelOf({ connections, idle, rate, bytes }: LoadLevel): LoadLevel {
  return { connections, idle, rate, bytes };
}
