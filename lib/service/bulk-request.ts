/** A request line of the bulk service, as in native/service/bulk/request.h. */

import { native } from '../native.js';

const limits = native.serviceLimits('bulk');
/** The longest line, its newline included. */
export const MAX_LINE = limits.line as number;
const MAX_LENGTH = limits.length as number;

export type BulkRequest =
  | { readonly command: 'GET' | 'PUT'; readonly length: number }
  | { readonly command: 'refused'; readonly why: string };

/** Parses a line without its newline. */
export function parseBulkRequest(line: string): BulkRequest {
  const [, command, digits] = /^(GET|PUT) (.*)$/s.exec(line) ?? [];
  if (command === undefined || digits === undefined)
    return { command: 'refused', why: 'unknown command' };
  const length = /^[1-9]\d*$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(length <= MAX_LENGTH)) return { command: 'refused', why: 'bad length' };
  return { command: command as 'GET' | 'PUT', length };
}
