/** The words for the figures of the echo service. */
import { compact, count, whole } from '../../text/format.js';
import type { ServiceWording } from '../wording.js';

const REQUEST = { one: 'request', many: 'requests' };

export const echoWording: ServiceWording = {
  work: REQUEST,
  rate: { text: 'requests per second', unit: 'requests/s', short: 'req/s' },
  efficiency: 'requests per server-CPU-second',
  showRate: compact,
  rateLabels: "format(datum.value, '.3~s')",
  exchange: { ...REQUEST, short: 'req' },
  message: { one: 'message', many: 'messages' },
  answer: 'echo',
  makes: 'sends',
  sizeOf: ({ text, low, high }) =>
    text !== undefined
      ? count(Buffer.byteLength(text), 'byte')
      : low === high
        ? count(Number(low), 'byte')
        : `${whole(Number(low))} to ${count(Number(high), 'byte')}`,
  next: 'each after the echo of the previous one',
  task: 'the server echoes each of them',
  check: 'It compares every echoed byte.',
  serviceTime: 'from the actual send of a message to the last byte of its echo',
  baseline: 'a minimal epoll echo without abstraction or bookkeeping',
};
