/** Receives the content of an upload in parts; the socket is paused while one is stored. */
import type { Command } from './command.js';
import type { Session } from './session.js';
import type { Upload } from './upload.js';

/** `incomplete`: the peer has ended, or the connection is closed. */
export type ContentEnd = 'whole' | 'too large' | 'incomplete';

/** That of a refused upload is received too, to find the next command. */
export async function receiveContent(
  { wire, input, largest, transfers }: Session,
  command: Command,
  upload: Upload,
): Promise<ContentEnd> {
  if (command.length > largest) return 'too large';
  if (command.error === undefined) await upload.open();
  else await upload.refuse(command.error);
  const read = wire.openContent(command.length);
  let [received, stored] = [0, 0];
  for (;;) {
    const part = read(input.unread);
    input.consume(part.read);
    received += part.read;
    stored += part.bytes.length;
    transfers?.received(part.bytes.length);
    if (stored > largest || received > wire.mostReceived(largest)) return 'too large';
    if (part.error === undefined) await upload.write(part.bytes);
    else await upload.refuse(part.error);
    if (part.isWhole) return 'whole';
    if (input.unread.length === 0 && !(await input.more())) return 'incomplete';
  }
}
