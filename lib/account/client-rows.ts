/** The client's connection records: one row per connection. */
import type { ClientColumns } from '../native-data.js';

export interface ClientRow {
  readonly process: number;
  readonly thread: number;
  readonly localAddress: string;
  readonly localPort: number;
  /** The number of its client among those of all processes. */
  readonly client: number;
  /** An idle connection: never sends. */
  readonly idle: boolean;
  /** ns on CLOCK_MONOTONIC; `connected` is 0 if it never connected. */
  readonly opened: number;
  readonly connected: number;
  /** Since when it may send: the barrier's opening, or its connect(); 0: never. */
  readonly freeAt: number;
  readonly closed: number;
  /** ns from `freeAt` to its first answer; 0: none. */
  readonly firstAnswer: number;
  /** Specified lifetime of its client in ns. */
  readonly lifetime: number;
  readonly requestsWanted: number;
  readonly requests: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Bytes moved, if the protocol's unit of work is bytes. */
  readonly payload: number;
  /** Service times in ns; 0 without requests. */
  readonly serviceMean: number;
  readonly serviceMin: number;
  readonly serviceMax: number;
  /** The kind of failure; empty if none. */
  readonly failure: string;
  /** It has failed, and its client continued on another connection. */
  readonly retried: boolean;
}

/** The rows of one thread. */
export function rowsOf(columns: ClientColumns, process: number, thread: number): ClientRow[] {
  return columns.localAddress.map((localAddress, i) => {
    const at = (column: Float64Array) => column[i] as number;
    const requests = at(columns.requests);
    return {
      process,
      thread,
      localAddress,
      localPort: at(columns.localPort),
      client: at(columns.client),
      idle: at(columns.idle) === 1,
      opened: at(columns.opened),
      connected: at(columns.connected),
      freeAt: at(columns.freeAt),
      closed: at(columns.closed),
      firstAnswer: at(columns.firstAnswer),
      lifetime: at(columns.lifetime),
      requestsWanted: at(columns.requestsWanted),
      requests,
      bytesSent: at(columns.bytesSent),
      bytesReceived: at(columns.bytesReceived),
      payload: at(columns.payload),
      serviceMean: requests === 0 ? 0 : at(columns.serviceSum) / requests,
      serviceMin: at(columns.serviceMin),
      serviceMax: at(columns.serviceMax),
      failure: columns.failure[i] as string,
      retried: at(columns.retried) === 1,
    };
  });
}
