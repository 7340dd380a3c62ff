/** The service `files`: list, upload, download and delete, in two wire formats. */
import { UsageError } from '../../cli/usage-error.js';
import { byteSize, list, oneOf, wholeNumber } from '../../cli/values.js';
import { BESIDE_RATE } from '../beside.js';
import { OPERATION, SIZE } from '../factors.js';
import { areRecorded } from '../recorded.js';
import type { Service, ServiceLoad } from '../service.js';
import { makeContents } from './content.js';
import { needs } from './needs.js';
import { PUBLISHED } from './published.js';
import { remoteStage } from './remote-stage.js';
import { stage } from './stage.js';
import { STORAGE_ALLOWED, storageDirectory } from './storage-option.js';
import { filesWording } from './wording.js';

const OPERATIONS = ['list', 'upload', 'download', 'delete'] as const;
const WIRES = ['base64', 'raw'] as const;

type Operation = (typeof OPERATIONS)[number];

interface Flags {
  readonly op?: readonly Operation[];
  readonly size?: readonly number[];
  readonly wire?: readonly (typeof WIRES)[number][];
  readonly entries?: number;
  readonly storage?: string;
  readonly largest?: number;
  readonly beside?: 'list';
  readonly duration?: number;
}

const DEFAULTS = {
  op: ['download'],
  size: [10e6],
  wire: ['base64'],
  entries: 100,
} as const satisfies Flags;

type Given = Flags & Required<Pick<Flags, keyof typeof DEFAULTS>>;

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
      isContrasted: true,
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
        '--wire <base64|raw,…>',
        'wire format: base64, commands and JSON with contents in base64; raw, lines and plain contents (default: base64)',
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
  loads: (flags) => loadsOf({ ...DEFAULTS, ...(flags as Flags) }),
};

function loadsOf(flags: Given): readonly ServiceLoad[] {
  const { op, wire, duration, beside } = flags;
  refuseUnbounded(op, duration);
  if (beside !== undefined && duration !== undefined)
    throw new UsageError('--beside: not possible with --duration; allowed: --repeat');
  return op.flatMap((operation) =>
    sizesOf(operation, flags).flatMap((bytes) =>
      wire.map((each) => loadOf(operation, bytes, each, flags)),
    ),
  );
}

function sizesIn(loads: readonly ServiceLoad[]): readonly number[] {
  return loads.flatMap(({ protocolOptions: { bytes } }) =>
    bytes === undefined ? [] : Number(bytes),
  );
}

/** Uploads take up room until the trial's end, and deletions need files that were there before. */
function refuseUnbounded(operations: readonly Operation[], duration: number | undefined): void {
  const bounded = operations.find((each) => each === 'upload' || each === 'delete');
  if (bounded !== undefined && duration !== undefined)
    throw new UsageError(
      `--duration: not possible with --op ${bounded}, which needs a number of files; allowed: --repeat`,
    );
}

/** Lists and deletions have no size. */
function sizesOf(operation: Operation, { size }: Pick<Given, 'size'>): readonly (number | null)[] {
  return operation === 'upload' || operation === 'download' ? size : [null];
}

function loadOf(
  operation: Operation,
  bytes: number | null,
  wire: string,
  { entries, storage, largest, beside }: Given,
): ServiceLoad {
  const limit = largest === undefined ? {} : { largest: String(largest) };
  return {
    factors: { operation, ...(bytes === null ? {} : { size: bytes }), wire },
    serviceOptions: { wire, ...(storage === undefined ? {} : { storage }), ...limit },
    protocolOptions: {
      ...{ op: operation, wire },
      ...(bytes === null ? {} : { bytes: String(bytes) }),
      ...(operation === 'list' ? { entries: String(entries) } : {}),
    },
    besideOptions: beside === undefined ? null : { op: beside, wire },
    exchangeBytes: bytes ?? 0,
  };
}
