/** One Worker's counters in shared memory: written by the Worker, read by its host. */

export const Field = {
  /** 1 once the Worker serves. */
  serving: 0,
  requests: 1,
  bytesIn: 2,
  bytesOut: 3,
  callReceive: 4,
  callSend: 5,
  callShutdown: 6,
  shortWrites: 7,
  /** ns on CLOCK_MONOTONIC; 0 until the connection ends. */
  closed: 8,
  /** errno of the call that failed, or 0. */
  error: 9,
  fields: 10,
} as const;

export type Account = Float64Array;

export function newAccount(): Account {
  return new Float64Array(new SharedArrayBuffer(Field.fields * Float64Array.BYTES_PER_ELEMENT));
}

export interface WorkerTask {
  readonly fd: number;
  readonly account: Account;
  /** The addon's path, so that Workers don't have to search for it. */
  readonly addon: string;
}
