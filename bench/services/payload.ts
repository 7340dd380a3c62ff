/** The words for work that is counted in bytes of payload, and moved in transfers. */
import { whole } from '../text/format.js';
import type { ServiceWording } from './wording.js';

const TRANSFER = { one: 'transfer', many: 'transfers' };
const MEGABYTE = 1e6;

export const PAYLOAD_WORDING = {
  work: { one: 'payload byte', many: 'payload bytes' },
  rate: { text: 'MB of payload per second', unit: 'MB/s', short: 'MB/s' },
  efficiency: 'MB of payload per server-CPU-second',
  showRate: (value: number | null) => {
    if (value === null) return whole(null);
    const megabytes = value / MEGABYTE;
    return megabytes < 99.95 ? megabytes.toPrecision(3) : whole(megabytes);
  },
  rateLabels: `format(datum.value / ${MEGABYTE}, ',.3~r')`,
  exchange: { ...TRANSFER, short: 'transfer' },
  message: TRANSFER,
  answer: 'reply',
  makes: 'makes',
  next: 'each after the reply to the previous one',
  check: 'It compares every byte of the content.',
  serviceTime: 'from the first byte of a command to the last byte of its reply',
} satisfies Partial<ServiceWording>;
