/** The words for the figures of bulk transfers, whose work is counted in bytes of payload. */
import { whole } from '../../text/format.js';
import type { ServiceWording } from '../wording.js';
import { sizeInWords } from './size.js';

const TRANSFER = { one: 'transfer', many: 'transfers' };
const MEGABYTE = 1e6;

export const bulkWording: ServiceWording = {
  work: { one: 'payload byte', many: 'payload bytes' },
  rate: { text: 'MB of payload per second', unit: 'MB/s', short: 'MB/s' },
  efficiency: 'MB of payload per server-CPU-second',
  showRate: (value) => {
    if (value === null) return whole(null);
    const megabytes = value / MEGABYTE;
    return megabytes < 99.95 ? megabytes.toPrecision(3) : whole(megabytes);
  },
  rateLabels: `format(datum.value / ${MEGABYTE}, ',.3~r')`,
  exchange: { ...TRANSFER, short: 'transfer' },
  message: TRANSFER,
  answer: 'reply',
  makes: 'makes',
  sizeOf: ({ op, bytes = '' }) => `${sizeInWords(Number(bytes))} by ${op}`,
  next: 'each after the reply to the previous one',
  task: 'the server sends the content of a get and receives that of a put',
  check: 'It compares every byte of the content.',
  serviceTime: 'from the first byte of a command to the last byte of its reply',
  baseline: 'a minimal epoll server of the same transfers without abstraction or bookkeeping',
};
