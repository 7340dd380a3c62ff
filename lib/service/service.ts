/** The interface between the `libuv` model and the services: what is done with a socket's bytes. */
import type { Socket } from 'node:net';
import type { TransferReports } from '../account/transfer-recorder.js';

/** What a connection has completed so far. */
export interface Tally {
  requests: number;
  /** Requests answered with an error; not among `requests`. */
  refused: number;
}

/**
 * Serves one connection until its end. A paused socket waits for its peer to take an answer; errors
 * and time-outs are left to the model. `transfers`: undefined if they aren't recorded.
 */
export type ServeSocket = (
  socket: Socket,
  tally: Tally,
  transfers?: TransferReports | undefined,
) => void;

/** A service in this process. */
export interface Service {
  readonly serve: ServeSocket;
  /** Releases what it holds, after its last connection has ended. */
  readonly close: () => void;
}
