/** The words for the figures of file transfers. */
import { PAYLOAD_WORDING } from '../payload.js';
import { sizeInWords } from '../size.js';
import type { ServiceWording } from '../wording.js';

export const filesWording: ServiceWording = {
  ...PAYLOAD_WORDING,
  sizeOf: ({ op, bytes, wire = 'bulk' }) =>
    bytes === undefined ? `${op} in ${wire}` : `${sizeInWords(Number(bytes))} by ${op} in ${wire}`,
  task: 'the server lists, stores, sends or deletes files',
  check:
    'It compares every byte of a download and every name of a listing; the files that uploads have stored are compared, and deleted ones looked for, after the traffic.',
  baseline: 'a minimal epoll server of the same files without abstraction or bookkeeping',
};
