/** Connections that a stage makes to a server beside the measured traffic. */

/** What one connection has carried, as the client's row of a measured one has it. */
export interface Carried {
  /** Empty and 0: never established. */
  readonly localAddress: string;
  readonly localPort: number;
  /** Commands that were answered without an error. */
  readonly requests: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** `rejected`: the last answer is an error; `interrupted`: it ended before an exchange was complete; empty: neither. */
  readonly failure: '' | 'rejected' | 'interrupted';
}

export const UNTIMED_PHASES = ['before', 'after'] as const;

export interface UntimedConnection extends Carried {
  /** Before or after the traffic. */
  readonly phase: (typeof UNTIMED_PHASES)[number];
}
