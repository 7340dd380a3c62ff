/** The `workers` model: an accept loop, and one Worker of worker_threads for each connection. */
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { counts } from '../../account/counts.js';
import { columnsOf, type ServerRow } from '../../account/server-rows.js';
import { addonPath, type Listening, native } from '../../native.js';
import { descriptorsLeft } from '../../system/descriptors.js';
import type { StartModel } from '../running.js';
import { type Account, Field, newAccount, type WorkerTask } from './account.cjs';

/** Small heaps, so that memory doesn't end before threads do. */
const RESOURCES = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 };

/** A socket, what an event loop opens, and a file for a moment. A Worker without these leaks what it got. */
const DESCRIPTORS_PER_WORKER = 8;
const SHORTAGES = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);
const SHORTAGE_PAUSE_MS = 50;

interface Conversation {
  readonly peer: Listening;
  readonly opened: number;
  readonly account: Account;
  readonly ended: Promise<void>;
}

/** Resolves when the Worker's thread is gone, or couldn't be made. */
function startWorker(task: WorkerTask): Promise<void> {
  const fail = () => {
    task.account[Field.error] = constants.errno.EAGAIN;
  };
  return new Promise<void>((resolve) => {
    const worker = new Worker(new URL('./worker.cjs', import.meta.url), {
      workerData: task,
      execArgv: [],
      env: {}, // else NODE_OPTIONS would have each Worker preload what its host has
      resourceLimits: RESOURCES,
    });
    worker.once('error', fail);
    worker.once('exit', () => resolve());
  }).catch(fail);
}

function reasonOf(account: Account): string {
  const error = account[Field.error];
  if (error === 0) return 'end';
  // Of a Worker that serves: a time-out of recv(), or of the send() of what was received.
  if (error === constants.errno.EAGAIN && account[Field.serving] === 1)
    return account[Field.bytesIn] === account[Field.bytesOut] ? 'idle' : 'stalled';
  return error === constants.errno.ECONNRESET || error === constants.errno.EPIPE
    ? 'reset'
    : 'error';
}

export const startWorkers: StartModel = ([listener], spec) => {
  const { idleTimeoutNs = 0, writeTimeoutNs = 0 } = spec;
  const live = new Set<Conversation>();
  const rows: ServerRow[] = [];
  const finished = newAccount();
  let callAccept = 0;
  let acceptPauses = 0;
  let started = 0;
  let refusals = 0;
  let closes = 0;
  let stopping = false;

  const finish = (conversation: Conversation) => {
    const { peer, opened, account } = conversation;
    live.delete(conversation);
    native.close(peer.fd);
    closes++;
    if (account[Field.serving] === 0) refusals++;
    account.forEach((value, field) => {
      finished[field] = (finished[field] as number) + value;
    });
    rows.push({
      loop: 0,
      remoteAddress: peer.address,
      remotePort: peer.port,
      opened,
      closed: account[Field.closed] || native.now(),
      requests: account[Field.requests] as number,
      bytesIn: account[Field.bytesIn] as number,
      bytesOut: account[Field.bytesOut] as number,
      closeReason: stopping ? 'stopped' : reasonOf(account),
    });
  };

  const sum = (field: number) => {
    let total = finished[field] as number;
    for (const { account } of live) total += account[field] as number;
    return total;
  };

  /** Waits for descriptors: the Workers on their way have a claim on theirs. */
  const waitForRoom = async () => {
    const needed = () => DESCRIPTORS_PER_WORKER * (started - sum(Field.serving) - refusals + 1);
    for (; descriptorsLeft() < needed() && !stopping; acceptPauses++)
      await sleep(SHORTAGE_PAUSE_MS);
  };

  const accept = async (): Promise<Listening | null> => {
    await waitForRoom();
    callAccept++;
    try {
      return await native.accept(listener);
    } catch (error) {
      if (!SHORTAGES.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
      acceptPauses++;
      await sleep(SHORTAGE_PAUSE_MS);
      return accept();
    }
  };

  const acceptAll = async () => {
    for (let peer = await accept(); peer !== null; peer = await accept()) {
      native.limitWaits(peer.fd, idleTimeoutNs, writeTimeoutNs);
      const account = newAccount();
      started++;
      const ended = startWorker({ fd: peer.fd, account, addon: addonPath });
      const conversation = { peer, opened: native.now(), account, ended };
      live.add(conversation);
      ended.then(() => finish(conversation));
    }
  };

  native.setBlocking(listener);
  let failure: unknown;
  const accepting = acceptAll().catch((error) => {
    failure = error;
  });
  return {
    counts: () => {
      if (failure) throw failure;
      return [
        counts({
          accepts: sum(Field.serving),
          refusals,
          closes,
          requests: sum(Field.requests),
          bytesIn: sum(Field.bytesIn),
          bytesOut: sum(Field.bytesOut),
          shortWrites: sum(Field.shortWrites),
          acceptPauses,
          callAccept,
          callPeer: 0,
          callReceive: sum(Field.callReceive),
          callSend: sum(Field.callSend),
          callWait: 0,
          callControl: 0,
          callClose: closes,
          callShutdown: sum(Field.callShutdown),
          callThread: started,
        }),
      ];
    },
    takeRows: () => columnsOf(rows.splice(0)),
    stop: async () => {
      stopping = true;
      native.shutdown(listener);
      for (const { peer } of live) native.shutdown(peer.fd);
      await accepting;
      for (const { peer } of live) native.shutdown(peer.fd); // accepted meanwhile
      await Promise.all([...live].map(({ ended }) => ended));
      return columnsOf(rows.splice(0));
    },
  };
};
