/** The words for the figures of bulk transfers. */
import { PAYLOAD_WORDING } from '../payload.js';
import { sizeInWords } from '../size.js';
import type { ServiceWording } from '../wording.js';

export const bulkWording: ServiceWording = {
  ...PAYLOAD_WORDING,
  sizeOf: ({ op, bytes = '' }) => `${sizeInWords(Number(bytes))} by ${op}`,
  task: 'the server sends the content of a get and receives that of a put',
  baseline: 'a minimal epoll server of the same transfers without abstraction or bookkeeping',
};
