/** The storage of a server that c10k has not started, reached by the commands that it serves. */
import { type FileHandle, open } from 'node:fs/promises';
import type { Target } from '../service.js';
import type { Carried } from '../untimed.js';
import { openPeer, type Peer } from './peer.js';
import { REMOTE_WIRES, Refusal, type RemoteWire } from './remote-wire.js';

/** A file: its length, and the path of its content as the wire format sends it. */
export interface Sent {
  readonly bytes: number;
  readonly path: string;
}

/** Each rejects with a reason in one line. A connection is kept while commands succeed. */
export interface RemoteStorage {
  readonly list: () => Promise<readonly string[]>;
  readonly put: (name: string, content: Sent) => Promise<void>;
  /** Whether the file has this content. */
  readonly holds: (name: string, content: Sent) => Promise<boolean>;
  readonly remove: (name: string) => Promise<void>;
  /** Resolves when all connections have ended, with what each has carried, in the order in which they were opened. */
  readonly close: () => Promise<readonly Carried[]>;
}

interface Options {
  readonly wire: string;
  /** Time limit without progress, in ns. */
  readonly limitNs: number;
  readonly signal?: AbortSignal;
}

export function remoteStorage(target: Target, options: Options): RemoteStorage {
  const wire = REMOTE_WIRES[options.wire] as RemoteWire;
  const { carryOut, close } = connectionTo(target, options);
  const send = (peer: Peer, line: string) => peer.send(wire.command(line));
  return {
    list: () =>
      carryOut('LIST', async (peer) => {
        await send(peer, 'LIST');
        return wire.readNames(peer);
      }),
    put: (name, content) => carryOut(`UPLOAD ${name}`, (peer) => put(peer, wire, name, content)),
    holds: (name, content) =>
      carryOut(`GET ${name}`, async (peer) => {
        await send(peer, `GET ${name}`);
        const isSame = await withContent(content, (file, length) =>
          wire.isContent(peer, { file, length }),
        );
        if (!isSame) throw new Difference();
      }).then(() => true, falseIfAnswered),
    remove: (name) =>
      carryOut(`DELETE ${name}`, async (peer) => {
        await send(peer, `DELETE ${name}`);
        await wire.readDone(peer);
      }),
    close,
  };
}

/** A reply with another content, of which the rest is unread. */
class Difference extends Error {}

function falseIfAnswered(error: Error): false {
  if (error.cause instanceof Refusal || error.cause instanceof Difference) return false;
  throw error;
}

/** What is known of a connection, without what it has received. */
interface Account {
  readonly ended: Peer['ended'];
  requests: number;
  failure: Carried['failure'];
}

/** A connection for one command after another, and a new one after an error. */
function connectionTo(target: Target, { limitNs, signal }: Options) {
  const accounts: Account[] = [];
  let kept: { readonly peer: Peer; readonly account: Account } | null = null;
  const opened = () => {
    const peer = openPeer(target, limitNs, signal);
    const account: Account = { ended: peer.ended, requests: 0, failure: '' };
    accounts.push(account);
    return { peer, account };
  };
  const carryOut = async <T>(what: string, exchange: (peer: Peer) => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    if (!kept?.peer.isOpen()) kept = opened();
    const { peer, account } = kept;
    try {
      const result = await exchange(peer);
      account.requests++;
      return result;
    } catch (cause) {
      account.failure = cause instanceof Refusal && peer.hasSent() ? 'rejected' : 'interrupted';
      peer.close(); // where the next reply begins is unknown
      throw new Error(`${addressOf(target)}: ${what}: ${reasonOf(cause)}`, { cause });
    }
  };
  const close = () => {
    kept?.peer.close();
    return Promise.all(accounts.map(carriedBy));
  };
  return { carryOut, close };
}

async function carriedBy({ ended, requests, failure }: Account): Promise<Carried> {
  return { ...(await ended), requests, failure };
}

export function addressOf({ host, port }: Target): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** A connection to several addresses fails with several errors. */
function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException;
  return (message || code || 'unknown error').split('\n')[0] as string;
}

async function withContent<T>(
  { path }: Sent,
  use: (file: FileHandle, length: number) => Promise<T>,
): Promise<T> {
  const file = await open(path, 'r');
  try {
    return await use(file, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

const PART = 1 << 20;

/** A reply that comes before the end of the content is a refusal: the rest is not sent. */
async function put(peer: Peer, wire: RemoteWire, name: string, content: Sent): Promise<void> {
  let isAnswered = false;
  const reply = wire.readDone(peer).finally(() => {
    isAnswered = true;
  });
  const answered = reply.catch(() => {});
  const send = (bytes: Buffer | string) => Promise.race([peer.send(bytes), answered]);
  await send(wire.upload(name, content.bytes));
  const isWhole = await withContent(content, async (file, length) => {
    const buffer = Buffer.allocUnsafe(Math.min(PART, length));
    let position = 0;
    while (position < length && !isAnswered) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      await send(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    return position === length;
  });
  if (isWhole) await send(wire.uploadEnd);
  await reply;
  if (!isWhole) throw new Error('confirmed before it was sent');
}
