/** The service `files`: list, upload, download and delete, in two wire formats. */
import { byteSize, list, oneOf, wholeNumber } from '../../cli/values.js';
import { BESIDE_RATE } from '../beside.js';
import { OPERATION, SIZE } from '../factors.js';
import { areRecorded } from '../recorded.js';
import type { Service, ServiceLoad } from '../service.js';
import { makeContents } from './content.js';
import { type Flags, loadsOf, OPERATIONS, WIRES } from './loads.js';
import { needs } from './needs.js';
import { PUBLISHED } from './published.js';
import { remoteStage } from './remote-stage.js';
import { stage } from './stage.js';
import { STORAGE_ALLOWED, storageDirectory } from './storage-option.js';
import { filesWording } from './wording.js';

export const files: Service = {
  name: 'files',
  about: 'Measures server models while they list, store, send and delete files.',
  unit: 'bytes',
  wording: filesWording,
  factors: [
    OPERATION,
    SIZE,
    {
      name: 'wire',
      column: 'wire',
      title: 'wire format',
      contrast: {
        bulk: 'With bulk, the service of that name moves the same bytes, without commands and files.',
      },
      show: String,
      inWords: (value) => `in ${value}`,
      inQuestion: (values) => `in ${values}`,
    },
  ],
  published: [],
  publishedCells: PUBLISHED,
  options: {
    both: [
      [
        '--wire <base64|raw|bulk,…>',
        'wire format: base64, commands and JSON with contents in base64; raw, lines and plain contents; bulk, the same bytes by the service bulk, without files (default: base64)',
        list(oneOf(WIRES)),
      ],
    ],
    server: [
      [
        '--storage <dir>',
        'directory of the files; in an experiment each trial has a new one below it (default: in memory), but serve needs it',
        storageDirectory,
      ],
      ['--largest <bytes>', 'the largest upload that is accepted (default: 1 TiB)', byteSize],
    ],
    client: [
      [
        '--op <list|upload|download|delete,…>',
        'operation (default: download)',
        list(oneOf(OPERATIONS)),
      ],
      ['--size <bytes,…>', 'size of a file: 10kB, 1MiB, 100MB (default: 10MB)', list(byteSize)],
      [
        '--entries <n>',
        'files in the storage that is listed (default: 100)',
        wholeNumber(0, 100_000),
      ],
      [
        '--beside <list>',
        `small load beside the measured one: ${BESIDE_RATE} requests per second, each on a new connection; its response times are reported`,
        oneOf(['list'] as const),
      ],
    ],
  },
  examples: `
  npm run bench -- files --server thread-pool,process-pool --op upload,download --size 10MiB --conns 1,5,50 --workers 1,5
  npm run bench -- files --server epoll,io_uring,threads --wire base64,raw --size 1MB,100MB --repeat 10
  npm run bench -- files --server 'epoll,cmd:python3 examples/files_server.py {port} {storage}' --op upload,download --size 10MB`,
  // A transfer may wait behind many others; what makes no progress for a minute has failed.
  defaults: {
    connections: 1,
    repeat: 1,
    durationNs: 0,
    timeoutNs: 600e9,
    stallNs: 60e9,
    retries: 3,
  },
  recordsTransfers: areRecorded,
  needs,
  prepare: (loads, signal) => makeContents(sizesIn(loads), signal),
  stage: (cell, remote, signal) =>
    remote === null ? stage(cell) : remoteStage(cell, remote, signal),
  servedWith: { storage: STORAGE_ALLOWED },
  loads: (flags) => loadsOf(flags as Flags),
};

function sizesIn(loads: readonly ServiceLoad[]): readonly number[] {
  return loads.flatMap(({ protocolOptions: { bytes } }) =>
    bytes === undefined ? [] : Number(bytes),
  );
}
