/** A synthetic run of pools, whose throughput follows from workers and clients. */
import type { ExperimentOptions } from '../../bench/plan/plan.js';
import type { TrialRecord } from '../../bench/record.js';
import { type Study, study } from '../../bench/report/study/study.js';
import { files } from '../../bench/services/files/files.js';
import { storedRun } from './stored.js';

const MIB = 2 ** 20;
const SIZES = [10 * MIB, 50 * MIB];

/** MB/s of a trial. */
export type RateOf = (record: TrialRecord) => number;

const SIDE = { refused: 0, incomplete: 0, bytes: 1, unrecorded: 0, meanMs: 1, longestMs: 1 };

/** Two pools × 1 and 5 workers × 1 and 5 clients × two sizes. A worker serves the clients one after another. */
export function poolStudy(
  rateOf: RateOf = () => 100,
  options: Partial<ExperimentOptions> = {},
): Study {
  const pools = {
    service: 'files',
    servers: ['thread-pool', 'process-pool'],
    ...{ workers: [1, 5], connections: [1, 5], trials: 4 },
    loads: files.loads({ size: SIZES, op: ['upload'] }),
  };
  return study(storedRun({ ...pools, ...options }, (record) => withRate(record, rateOf(record))));
}

function withRate(record: TrialRecord, megabytes: number): TrialRecord {
  const { connections, workers, measurement } = record;
  const waiting = Math.max(0, connections - workers);
  const transfers = { transfers: connections, ...SIDE };
  const parts = { waitingMs: waiting, sendingMs: 1, answeringMs: 0 };
  return {
    ...record,
    measurement: measurement && {
      ...measurement,
      ...{ throughput: megabytes * 1e6, windowS: 1 / megabytes },
      efficiency: megabytes * 2e6,
      queueing: { meanMs: waiting, longestMs: 2 * waiting },
      clients: {
        ...{ succeeded: connections, failed: 0, retries: 0 },
        ...{ meanMs: 1, longestMs: 1, rate: 1e6 },
      },
      transfers: { client: transfers, server: transfers, reconciliation: null, parts },
    },
  };
}

/** Varies by trial, so that intervals have a width. */
export const jitter = ({ trial }: TrialRecord) => 1 + ((trial * 7) % 11) / 1000;
