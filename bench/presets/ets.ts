/** The file-transfer stress test of the ETS assignment: pools of 1, 5 and 50 workers under as many clients. */
import { files } from '../services/files/files.js';
import type { Preset, TestCase } from './preset.js';

const MIB = 2 ** 20;
const CLIENTS = [1, 5, 50];

/** Threads serve threads, and processes serve processes. */
const POOLS = [
  { servers: ['thread-pool'], connections: CLIENTS, clientPool: 'threads' },
  { servers: ['process-pool'], connections: CLIENTS, clientPool: 'processes' },
] as const;

function caseOf(connections: number): TestCase {
  return {
    title: connections === 1 ? '1 client' : `${connections} clients`,
    about:
      'Uploads and downloads of three sizes, by a pool of threads and a pool of processes with 1, 5 and 50 workers each.',
    servers: POOLS.flatMap(({ servers }) => servers),
    connections: [connections],
  };
}

export const ets: Preset = {
  name: 'ets',
  service: files.name,
  about:
    'upload and download of 10, 50 and 100 MiB by 1, 5 and 50 clients, on 1, 5 and 50 workers: a thread pool under client threads, a process pool under client processes',
  cases: CLIENTS.map(caseOf),
  leaves: ['storage'],
  parts: POOLS,
  common: {
    workers: [1, 5, 50],
    repeat: 1,
    loads: files.loads({ op: ['upload', 'download'], size: [10 * MIB, 50 * MIB, 100 * MIB] }),
  },
};
