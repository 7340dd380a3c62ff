/** The schema of a run's environment: machine, kernel and versions. */
import { z } from 'zod';
import type { Environment } from '../../../lib/system/environment.js';
import { fields, maybe, maybeText, number, text, texts } from './parts.js';

const limit = z.union([number, z.literal('unlimited')]).nullable();
const resource = z.object({ soft: limit, hard: limit });
const buffer = fields(['min', 'initial', 'max'], number).nullable();

const limits = z.object({
  descriptors: resource,
  processes: resource,
  ephemeralPorts: z.object({ low: number, high: number }).nullable(),
  ...fields(
    [
      'nrOpen',
      'somaxconn',
      'tcpMaxSynBacklog',
      'tcpTwReuse',
      'tcpMaxTwBuckets',
      'maxMapCount',
      'pidMax',
      'threadsMax',
      'ioUringDisabled',
    ],
    maybe,
  ).shape,
  cgroup: fields(['pidsMax', 'memoryMaxBytes', 'cpuQuota'], maybe),
});

const tcp = z.object({
  congestionControl: maybeText,
  availableCongestionControls: texts.nullable(),
  receiveBuffer: buffer,
  sendBuffer: buffer,
  memory: fields(['low', 'pressure', 'high'], number).nullable(),
  receiveBufferMax: maybe,
  sendBufferMax: maybe,
});

export const environment = z.object({
  c10k: z.object({
    version: maybeText,
    git: z.object({ commit: text, dirty: z.boolean() }).nullable(),
    addon: z.object({ sha256: text, build: text }),
  }),
  kernel: z.object({ release: text, clocksource: maybeText }),
  architecture: text,
  cpu: z.object({
    model: maybeText,
    virtualized: z.boolean().nullable(),
    online: number,
    allowed: text,
    governor: maybeText,
    smt: z.boolean().nullable(),
    mitigations: z.record(text, text).readonly().nullable(),
  }),
  memoryBytes: number,
  limits,
  tcp,
  uring: text,
  versions: z.object({ node: text, v8: text, libuv: text, libc: maybeText }),
  nodeOptions: maybeText,
}) satisfies z.ZodType<Environment>;
