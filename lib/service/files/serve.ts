/** The commands of a connection, one at a time, as native/service/files/files.cc. */
import type { Command } from './command.js';
import { type ContentEnd, receiveContent } from './content.js';
import { sendContent } from './download.js';
import { Input } from './input.js';
import { end, send } from './reply.js';
import type { Session } from './session.js';
import { NO_FILE, type StoredFile, storageError } from './storage.js';
import { Upload } from './upload.js';

export function serveFiles(session: Omit<Session, 'input'>): void {
  const { socket } = session;
  serveCommands({ ...session, input: new Input(socket) }).catch((error) => socket.destroy(error));
}

async function serveCommands(session: Session): Promise<void> {
  const { socket, transfers } = session;
  for (;;) {
    const command = await nextCommand(session);
    if (!command) break;
    transfers?.begin(command.operation);
    if (!(await carryOut(session, command))) return;
  }
  if (socket.destroyed) return;
  if (session.input.unread.length > 0) refuseIncomplete(session);
  else socket.end();
}

/** Undefined: none follows. */
async function nextCommand({ wire, input }: Session): Promise<Command | undefined> {
  for (;;) {
    const head = wire.readHead(input.unread);
    if (head) {
      input.consume(head.bytes);
      return head.command;
    }
    if (!(await input.more())) return undefined;
  }
}

/** False: the connection takes no other command. The functions that reply return the same. */
async function carryOut(session: Session, command: Command): Promise<boolean> {
  const { operation, name, error } = command;
  if (command.isLast) return hangUp(session, error ?? '');
  if (operation === 'upload') return receiveFile(session, command);
  if (error !== undefined) return refuse(session, error);
  if (operation === 'list') return list(session);
  return operation === 'download' ? sendFile(session, name) : remove(session, name);
}

async function list(session: Session): Promise<boolean> {
  let names: readonly string[];
  try {
    names = await session.storage.list();
  } catch (error) {
    return refuse(session, storageError(error));
  }
  return succeed(session, session.wire.listing(names));
}

async function remove(session: Session, name: string): Promise<boolean> {
  try {
    await session.storage.remove(name);
  } catch (error) {
    return refuse(session, storageError(error));
  }
  return succeed(session, session.wire.confirmation);
}

async function sendFile(session: Session, name: string): Promise<boolean> {
  let file: StoredFile | undefined;
  try {
    file = await session.storage.open(name);
  } catch (error) {
    return refuse(session, storageError(error));
  }
  if (!file) return refuse(session, NO_FILE);
  try {
    if (!(await sendContent(session, file))) return false;
  } finally {
    await file.handle.close();
  }
  return finish(session);
}

/** A refused upload has left nothing when its reply is sent. */
async function receiveFile(session: Session, command: Command): Promise<boolean> {
  const upload = new Upload(session.storage, command.name);
  const end = await receiveInto(upload, session, command);
  if (end === 'too large') return hangUp(session, end);
  if (end === 'incomplete') return session.socket.destroyed ? false : refuseIncomplete(session);
  const { error } = upload;
  return error === undefined ? succeed(session, session.wire.confirmation) : refuse(session, error);
}

async function receiveInto(
  upload: Upload,
  session: Session,
  command: Command,
): Promise<ContentEnd> {
  try {
    const end = await receiveContent(session, command, upload);
    if (end === 'whole') await upload.commit();
    return end;
  } finally {
    await upload.discard();
  }
}

async function succeed(session: Session, reply: string): Promise<boolean> {
  return (await send(session.socket, reply)) && finish(session);
}

/** The reply is with the kernel. */
function finish({ tally, transfers }: Session): boolean {
  tally.requests++;
  transfers?.end('done');
  return true;
}

function refuse(session: Session, why: string): Promise<boolean> {
  noteRefused(session);
  return send(session.socket, session.wire.refusal(why));
}

/** Refuses the command; what follows it is discarded. */
function hangUp(session: Session, why: string): false {
  noteRefused(session);
  return end(session, session.wire.refusal(why));
}

function noteRefused({ tally, transfers }: Session): void {
  tally.refused++;
  transfers?.end('refused');
}

/** The peer has ended within a command. The transfer is recorded as incomplete when the connection closes. */
function refuseIncomplete(session: Session): false {
  session.tally.refused++;
  return end(session, session.wire.refusal('incomplete'));
}
