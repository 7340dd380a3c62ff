/** Sends a file in parts: memory is the same for any length. */
import { end, send } from './reply.js';
import type { Session } from './session.js';
import { readAll, type StoredFile } from './storage.js';

/** Resolves when the kernel has taken the whole reply; false if the connection has ended. */
export async function sendContent(session: Session, file: StoredFile): Promise<boolean> {
  const { head, partBytes, tail } = session.wire.download;
  const buffer = Buffer.allocUnsafe(Math.min(partBytes, file.length));
  let position = 0;
  do {
    const bytes = buffer.subarray(0, file.length - position);
    if (!(await isRead(file, bytes, position))) return breakOff(session);
    const start = position === 0 ? head(file.length) : '';
    position += bytes.length;
    if (!(await sendPart(session, start, bytes, position === file.length ? tail : '')))
      return false;
  } while (position < file.length);
  return true;
}

async function isRead(file: StoredFile, bytes: Buffer, position: number): Promise<boolean> {
  try {
    return await readAll(file, bytes, position);
  } catch {
    return false;
  }
}

async function sendPart(
  { socket, wire, transfers }: Session,
  start: string,
  bytes: Buffer,
  end: string,
): Promise<boolean> {
  const { encode, isVerbatim } = wire.download;
  if (isVerbatim) transfers?.queued(bytes.length);
  const isSent = await send(socket, start, encode(bytes), end);
  if (isSent && !isVerbatim) transfers?.received(bytes.length);
  return isSent;
}

/** The file has become shorter or can't be read: the peer learns from the end that the reply is incomplete. */
function breakOff(session: Session): false {
  if (!session.wire.download.isVerbatim) return end(session, '');
  session.socket.destroy(new Error('the file ended'));
  return false;
}
