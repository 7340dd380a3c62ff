/** The loads of the service `files`: one per combination of operation, size and wire format. */
import { UsageError } from '../../cli/usage-error.js';
import { bulk } from '../bulk/bulk.js';
import type { ServiceLoad } from '../service.js';

export const OPERATIONS = ['list', 'upload', 'download', 'delete'] as const;
/** `bulk` isn't a format of the service: the service `bulk` moves the same bytes, without files. */
export const WIRES = ['base64', 'raw', 'bulk'] as const;

type Operation = (typeof OPERATIONS)[number];
type Wire = (typeof WIRES)[number];

export interface Flags {
  readonly op?: readonly Operation[];
  readonly size?: readonly number[];
  readonly wire?: readonly Wire[];
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

/** Throws UsageError for options that contradict each other. */
export function loadsOf(flags: Flags): readonly ServiceLoad[] {
  const given: Given = { ...DEFAULTS, ...flags };
  refuseUnbounded(given);
  refuseWithoutFiles(given);
  refuseTooLarge(given);
  return given.op.flatMap((operation) =>
    sizesOf(operation, given).flatMap((bytes) =>
      given.wire.map((wire) =>
        wire === 'bulk'
          ? bulkLoad(operation, Number(bytes))
          : loadOf(operation, bytes, wire, given),
      ),
    ),
  );
}

/** Uploads take up room until the trial's end, and deletions need files that were there before. */
function refuseUnbounded({ op, duration, beside }: Given): void {
  if (duration === undefined) return;
  const bounded = op.find((each) => each === 'upload' || each === 'delete');
  if (bounded !== undefined)
    throw new UsageError(
      `--duration: not possible with --op ${bounded}, which needs a number of files; allowed: --repeat`,
    );
  if (beside !== undefined)
    throw new UsageError('--beside: not possible with --duration; allowed: --repeat');
}

function refuseWithoutFiles({ op, wire, beside }: Given): void {
  if (!wire.includes('bulk')) return;
  const unsized = op.find((each) => !hasSize(each));
  if (unsized !== undefined)
    throw new UsageError(
      `--op ${unsized}: not possible with --wire bulk; allowed: upload, download`,
    );
  if (beside !== undefined)
    throw new UsageError('--beside: not possible with --wire bulk; allowed: base64, raw');
}

function refuseTooLarge({ op, size, largest }: Given): void {
  const refused = op.includes('upload') ? size.find((bytes) => bytes > (largest ?? bytes)) : null;
  if (refused)
    throw new UsageError(
      `--largest ${largest}: below --size ${refused} of an upload; allowed: at least the largest size`,
    );
}

function hasSize(operation: Operation): boolean {
  return operation === 'upload' || operation === 'download';
}

function sizesOf(operation: Operation, { size }: Given): readonly (number | null)[] {
  return hasSize(operation) ? size : [null];
}

function loadOf(
  operation: Operation,
  bytes: number | null,
  wire: Wire,
  { entries, storage, largest, beside }: Given,
): ServiceLoad {
  const limit = largest === undefined ? {} : { largest: String(largest) };
  return {
    factors: { operation, ...(bytes === null ? {} : { size: bytes }), wire },
    servedAs: null,
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

/** Sent by sendfile, as the service `files` sends in the format `raw`. */
function bulkLoad(operation: Operation, bytes: number): ServiceLoad {
  const isUpload = operation === 'upload';
  const [load] = bulk.loads({
    ...{ op: [isUpload ? 'put' : 'get'], size: [bytes], source: ['file'] },
  });
  if (load === undefined) throw new Error('bulk has no load for one operation and one size');
  return { ...load, factors: { operation, size: bytes, wire: 'bulk' }, servedAs: bulk.name };
}
