/** transfers.csv of `serve`, which grows as transfers end. */
import { join } from 'node:path';
import type { Recorded, ServerTransfer } from '../../lib/account/transfers.js';
import { openGrowingFile } from './growing-file.js';
import { transferHeader, transferLines } from './transfer-tables.js';

export interface TransferCount {
  readonly transfers: number;
  /** Transfers without a row, because a process had no room for it. */
  readonly unrecorded: number;
}

/** Keeps only sums in memory, no rows. */
export interface TransferList {
  /** Resolves when the rows are on the disk. */
  append(taken: Recorded<ServerTransfer>): Promise<void>;
  count(): TransferCount;
  /** Must be called at the end, also after a write has failed. */
  close(): Promise<void>;
}

/** `started`: when the server began to listen, ns on CLOCK_MONOTONIC. */
export async function openTransferList(directory: string, started: number): Promise<TransferList> {
  const file = await openGrowingFile(join(directory, 'transfers.csv'), transferHeader());
  let [transfers, unrecorded] = [0, 0];
  return {
    append: async (taken) => {
      unrecorded += taken.unrecorded;
      if (taken.rows.length === 0) return;
      await file.append(transferLines(taken.rows, started, transfers));
      transfers += taken.rows.length;
    },
    count: () => ({ transfers, unrecorded }),
    close: file.close,
  };
}
