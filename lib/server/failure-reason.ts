/**
 * The close reason of a failed socket, as in Connection::note_failure in
 * native/engine/connection.cc.
 */
import { constants } from 'node:os';

export function failureReason(errno: number): 'reset' | 'error' {
  const { ECONNRESET, EPIPE } = constants.errno;
  return errno === ECONNRESET || errno === EPIPE ? 'reset' : 'error';
}
