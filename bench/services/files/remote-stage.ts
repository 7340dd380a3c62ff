/**
 * The storage of one trial against a server that c10k has not started: the files of the operation are uploaded before
 * the traffic and, like those that the clients upload, deleted after it.
 */
import type { RemoteServer, Stage, StagedCell, Target } from '../service.js';
import type { UntimedConnection } from '../untimed.js';
import { contentPath } from './content.js';
import { DOWNLOADED, ownNames, preparedNames } from './names.js';
import { addressOf, type RemoteStorage, remoteStorage, type Sent } from './remote-storage.js';
import { contentOption, effectCheck } from './stage-parts.js';

/** The length of files whose content is not transferred by the clients. */
const SMALL = 4;
/** An upload may still be completed after its client has been killed. */
const ROUNDS = 3;

export async function remoteStage(
  cell: StagedCell,
  server: RemoteServer,
  signal: AbortSignal,
): Promise<Stage> {
  const { protocolOptions } = cell;
  const reach = <T>(phase: Phase, use: Use<T>, stop?: AbortSignal) =>
    withStorage({ cell, server, phase }, use, stop);
  const clear = () => reach('after', (storage) => removeOwn(storage, cell, server));
  await reach('before', (storage) => refuseHeld(storage, cell, server), signal);
  try {
    await reach('before', (storage) => fill(storage, cell), signal);
  } catch (error) {
    throw await afterClearing(error as Error, clear);
  }
  return {
    serviceOptions: {},
    protocolOptions: await contentOption(protocolOptions),
    fileSystem: null,
    countWrong: effectCheck(cell, {
      countRight: () => reach('after', (storage) => countRight(storage, cell), signal),
      countLeft: () =>
        reach('after', async (storage) => (await listOwn(storage, cell)).length, signal),
    }),
    clear,
  };
}

type Phase = UntimedConnection['phase'];
type Use<T> = (storage: RemoteStorage) => Promise<T>;

interface Reached {
  readonly cell: StagedCell;
  readonly server: RemoteServer;
  readonly phase: Phase;
}

async function withStorage<T>(
  { cell, server, phase }: Reached,
  use: Use<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { protocolOptions, stallNs, timeoutNs } = cell;
  const { host, port, onEnded } = server;
  const { wire = '' } = protocolOptions;
  const limitNs = stallNs > 0 ? stallNs : timeoutNs;
  const storage = remoteStorage({ host, port }, { wire, limitNs, ...(signal ? { signal } : {}) });
  try {
    return await use(storage);
  } finally {
    for (const carried of await storage.close()) onEnded({ phase, ...carried });
  }
}

/** Files that others have stored must be neither replaced nor deleted; a listing is compared as a whole. */
async function refuseHeld(storage: RemoteStorage, cell: StagedCell, target: Target): Promise<void> {
  const listed = await storage.list();
  const own = new Set(ownNames(cell));
  const isListed = cell.protocolOptions.op === 'list';
  const held = isListed ? listed : listed.filter((name) => own.has(name));
  if (held.length > 0)
    throw new Error(
      `${addressOf(target)}: the storage has ${inShort(held)}; allowed: ${isListed ? 'an empty one' : 'one without files of these names'}`,
    );
}

function inShort([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

async function fill(storage: RemoteStorage, cell: StagedCell): Promise<void> {
  const { bytes } = cell.protocolOptions;
  for (const name of preparedNames(cell))
    await storage.put(name, await sentOf(cell, name === DOWNLOADED ? Number(bytes) : SMALL));
}

async function sentOf({ protocolOptions }: StagedCell, bytes: number): Promise<Sent> {
  return { bytes, path: await contentPath(bytes, protocolOptions.wire) };
}

/** The uploads that come back as they were sent. */
async function countRight(storage: RemoteStorage, cell: StagedCell): Promise<number> {
  const content = await sentOf(cell, Number(cell.protocolOptions.bytes));
  let right = 0;
  for (const name of await listOwn(storage, cell)) if (await storage.holds(name, content)) right++;
  return right;
}

async function listOwn(storage: RemoteStorage, cell: StagedCell): Promise<readonly string[]> {
  const own = new Set(ownNames(cell));
  return (await storage.list()).filter((name) => own.has(name));
}

async function removeOwn(storage: RemoteStorage, cell: StagedCell, target: Target): Promise<void> {
  let left = await listOwn(storage, cell);
  for (let round = 0; left.length > 0 && round < ROUNDS; round++) {
    for (const name of left) await storage.remove(name);
    left = await listOwn(storage, cell);
  }
  if (left.length > 0)
    throw new Error(
      `${addressOf(target)}: still has ${inShort(left)}, which this trial has stored`,
    );
}

/** The error, with that of clearing if it fails too. */
async function afterClearing(error: Error, clear: () => Promise<void>): Promise<Error> {
  try {
    await clear();
    return error;
  } catch (other) {
    return new Error(`${error.message}; its files may be left: ${(other as Error).message}`);
  }
}
