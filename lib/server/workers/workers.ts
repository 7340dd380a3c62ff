/** The `workers` model: an accept loop, and one Worker of worker_threads for each connection. */
import { constants } from 'node:os';
import { Worker } from 'node:worker_threads';
import { addonPath, type Listening, native } from '../../native.js';
import { counts } from '../counts.js';
import type { StartModel } from '../running.js';
import { columnsOf, type ServerRow } from '../table.js';
import { type Account, Field, newAccount, type WorkerTask } from './account.cjs';

/** Small heaps, so that memory doesn't end before threads do. */
const RESOURCES = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 };

interface Conversation {
  readonly peer: Listening;
  readonly opened: number;
  readonly account: Account;
  readonly ended: Promise<void>;
}

function startWorker(task: WorkerTask): Promise<void> {
  const worker = new Worker(new URL('./worker.cjs', import.meta.url), {
    workerData: task,
    execArgv: [],
    resourceLimits: RESOURCES,
  });
  return new Promise((resolve) => {
    worker.once('error', () => {
      task.account[Field.error] = constants.errno.EAGAIN;
    });
    worker.once('exit', () => resolve());
  });
}

function reasonOf(error: number): string {
  if (error === 0) return 'end';
  return error === constants.errno.ECONNRESET || error === constants.errno.EPIPE
    ? 'reset'
    : 'error';
}

export const startWorkers: StartModel = (listener) => {
  const live = new Set<Conversation>();
  const rows: ServerRow[] = [];
  const finished = newAccount();
  let callAccept = 0;
  let started = 0;
  let stopping = false;

  const finish = (conversation: Conversation) => {
    const { peer, opened, account } = conversation;
    live.delete(conversation);
    native.close(peer.fd);
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
      closeReason: stopping ? 'stopped' : reasonOf(account[Field.error] as number),
    });
  };

  const acceptAll = async () => {
    for (;;) {
      callAccept++;
      const peer = await native.accept(listener);
      if (peer === null) return;
      const account = newAccount();
      started++;
      const ended = startWorker({ fd: peer.fd, account, addon: addonPath });
      const conversation = { peer, opened: native.now(), account, ended };
      live.add(conversation);
      ended.then(() => finish(conversation));
    }
  };

  const sum = (field: number) => {
    let total = finished[field] as number;
    for (const { account } of live) total += account[field] as number;
    return total;
  };

  native.setBlocking(listener);
  const accepting = acceptAll();
  return {
    counts: () => [
      counts({
        accepts: sum(Field.serving),
        closes: rows.length,
        requests: sum(Field.requests),
        bytesIn: sum(Field.bytesIn),
        bytesOut: sum(Field.bytesOut),
        shortWrites: sum(Field.shortWrites),
        callAccept,
        callReceive: sum(Field.callReceive),
        callSend: sum(Field.callSend),
        callWait: 0,
        callControl: 0,
        callClose: rows.length,
        callThread: started,
      }),
    ],
    stop: async () => {
      stopping = true;
      native.shutdown(listener);
      for (const { peer } of live) native.shutdown(peer.fd);
      await accepting;
      for (const { peer } of live) native.shutdown(peer.fd); // accepted meanwhile
      await Promise.all([...live].map(({ ended }) => ended));
      return columnsOf(rows);
    },
  };
};
