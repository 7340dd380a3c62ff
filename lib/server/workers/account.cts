/** One Worker's records in shared memory: written by the Worker, read by its host. */
import type { ConnectionSpec } from '../../native.js';

export const Ending = {
  /** ns on CLOCK_MONOTONIC; 0 until the connection ends. */
  closed: 0,
  /** The index of its close reason. */
  reason: 1,
  fields: 2,
} as const;

export interface Account {
  /** Written by native code, in the order of countNames. */
  readonly counters: BigUint64Array;
  readonly ending: Float64Array;
}

export function newAccount(counts: number): Account {
  return {
    counters: new BigUint64Array(new SharedArrayBuffer(counts * 8)),
    ending: new Float64Array(new SharedArrayBuffer(Ending.fields * 8)),
  };
}

export interface WorkerTask {
  readonly connection: ConnectionSpec;
  readonly ending: Float64Array;
  /** The addon's path, so that Workers don't have to search for it. */
  readonly addon: string;
}
