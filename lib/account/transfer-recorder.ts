/** Records the transfers of the connections that a service serves in TypeScript, as native/service/transfer_recorder.h. */
import { native } from '../native.js';
import type { Recorded, ServerTransfer, TransferOutcome } from './transfers.js';

/** What a connection reports of its transfers, one after another. */
export interface TransferReports {
  /** A request was read. `operation`: empty if it is unknown. */
  begin(operation: string): void;
  /** Payload was written to the socket, behind everything else. */
  queued(bytes: number): void;
  received(bytes: number): void;
  end(outcome: TransferOutcome): void;
}

export interface TransferRecorder extends TransferReports {
  /**
   * The connection has ended: records the transfer under way as incomplete. `unsent`: bytes that the socket has not
   * confirmed.
   */
  close(unsent: number): void;
}

export type Connection = Pick<ServerTransfer, 'remoteAddress' | 'remotePort' | 'opened'>;

export function recordTransfers(
  connection: Connection,
  log: (row: ServerTransfer) => void,
): TransferRecorder {
  let number = 0;
  let underWay: { readonly operation: string; readonly began: number } | undefined;
  let [queued, received] = [0, 0];
  const end = (outcome: TransferOutcome) => {
    if (!underWay) return;
    const bytes = queued + received;
    log({ ...connection, number, ...underWay, bytes, ended: native.now(), outcome });
    underWay = undefined;
  };
  return {
    begin: (operation) => {
      number++;
      underWay = { operation, began: native.now() };
      queued = received = 0;
    },
    queued: (bytes) => {
      queued += bytes;
    },
    received: (bytes) => {
      received += bytes;
    },
    end,
    close: (unsent) => {
      queued = Math.max(0, queued - unsent);
      end('incomplete');
    },
  };
}

/** The transfers of a process: at most `most` until they are taken. */
export class TransferLog {
  #rows: ServerTransfer[] = [];
  #unrecorded = 0;

  constructor(readonly most = native.mostTransfers) {}

  readonly add = (row: ServerTransfer): void => {
    if (this.#rows.length < this.most) this.#rows.push(row);
    else this.#unrecorded++;
  };

  /** Those added since the last call. */
  take(): Recorded<ServerTransfer> {
    const taken = { rows: this.#rows, unrecorded: this.#unrecorded };
    this.#rows = [];
    this.#unrecorded = 0;
    return taken;
  }
}
