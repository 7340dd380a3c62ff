/** Factors that several services have. */
import { byteSize } from '../cli/values.js';
import type { Factor, ServiceLoad } from './service.js';
import { SIZE_LABELS, sizeInWords } from './size.js';

export const OPERATION: Factor = {
  name: 'operation',
  column: 'op',
  title: 'operation',
  show: String,
  inWords: (value) => `${value}`,
  inQuestion: (values) => `for ${values}`,
};

/** The payload of a transfer, which the client's half has as the option `bytes`. */
export const SIZE: Factor = {
  name: 'size',
  column: 'size',
  title: 'size of a transfer',
  labels: SIZE_LABELS,
  show: (value) => sizeInWords(Number(value)),
  inWords: (value) => sizeInWords(Number(value)),
  inQuestion: (values) => `in transfers of ${values}`,
  ramp: {
    option: 'size',
    unit: 'bytes per transfer',
    single: 'byte per transfer',
    from: 1000,
    to: 128_000_000,
    parse: byteSize,
    at: ({ loads }, size) => ({ loads: loads.map((load) => resized(load, size)) }),
  },
};

function resized(load: ServiceLoad, size: number): ServiceLoad {
  return {
    ...load,
    factors: { ...load.factors, size },
    protocolOptions: { ...load.protocolOptions, bytes: String(size) },
    exchangeBytes: size,
  };
}
