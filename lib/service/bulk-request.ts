/** A request line of the bulk service, as in native/service/bulk/request.h. */

/** The longest line, its newline included. */
export const MAX_LINE = 32;
const MOST = 2 ** 40;

export type BulkRequest =
  | { readonly command: 'GET' | 'PUT'; readonly length: number }
  | { readonly command: 'refused'; readonly why: string };

/** Parses a line without its newline. */
export function parseBulkRequest(line: string): BulkRequest {
  const [, command, digits] = /^(GET|PUT) (.*)$/s.exec(line) ?? [];
  if (command === undefined || digits === undefined)
    return { command: 'refused', why: 'unknown command' };
  const length = /^[1-9]\d{0,12}$/.test(digits) ? Number(digits) : MOST + 1;
  if (length > MOST) return { command: 'refused', why: 'bad length' };
  return { command: command as 'GET' | 'PUT', length };
}
