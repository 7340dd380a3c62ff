/** The service `bulk`: what moving bytes alone costs. `GET n` is answered with n bytes, `PUT n` takes n. */
import { byteSize, list, oneOf } from '../../cli/values.js';
import { OPERATION, SIZE } from '../factors.js';
import { areRecorded } from '../recorded.js';
import type { Service, ServiceLoad } from '../service.js';
import { bulkWording } from './wording.js';

const OPERATIONS = ['get', 'put'] as const;
const SOURCES = ['memory', 'file'] as const;

interface Flags {
  readonly op?: readonly (typeof OPERATIONS)[number][];
  readonly size?: readonly number[];
  readonly source?: readonly (typeof SOURCES)[number][];
}

const DEFAULTS = { op: ['get'], size: [1e6], source: ['memory'] } as const satisfies Flags;

export const bulk: Service = {
  name: 'bulk',
  about: 'Measures server models while they send or receive bulk data.',
  unit: 'bytes',
  wording: bulkWording,
  factors: [
    OPERATION,
    SIZE,
    {
      name: 'source',
      column: 'source',
      title: 'source',
      contrast: {},
      show: String,
      inWords: (value) => `from ${value}`,
      inQuestion: (values) => `from ${values}`,
    },
  ],
  published: [],
  options: {
    both: [],
    server: [
      [
        '--source <memory|file,…>',
        'source of the bytes of get: memory, by send; file, by sendfile (default: memory)',
        list(oneOf(SOURCES)),
      ],
    ],
    client: [
      [
        '--op <get|put,…>',
        'operation: get, the server sends; put, it receives (default: get)',
        list(oneOf(OPERATIONS)),
      ],
      ['--size <bytes,…>', 'size of a transfer: 1kB, 64KiB, 100MB (default: 1MB)', list(byteSize)],
    ],
  },
  examples: `
  npm run bench -- bulk --server all --op get,put --size 1MB
  npm run bench -- bulk --server epoll,io_uring,threads --size 1kB,1MB,100MB --source memory,file`,
  defaults: {
    connections: 16,
    repeat: 0,
    durationNs: 1e9,
    timeoutNs: 10e9,
    stallNs: 0,
    retries: 0,
  },
  recordsTransfers: areRecorded,
  loads: (flags) => loadsOf({ ...DEFAULTS, ...(flags as Flags) }),
};

/** A put has no source, because the server sends none of its bytes. */
function loadsOf({ op, size, source }: Required<Flags>): readonly ServiceLoad[] {
  const sources = source.map((one) => ({ source: one }));
  return op.flatMap((operation) =>
    size.flatMap((bytes) =>
      (operation === 'get' ? sources : [{}]).map((sent) => ({
        factors: { operation, size: bytes, ...sent },
        servedAs: null,
        serviceOptions: sent,
        protocolOptions: { op: operation, bytes: String(bytes) },
        besideOptions: null,
        exchangeBytes: bytes,
      })),
    ),
  );
}
