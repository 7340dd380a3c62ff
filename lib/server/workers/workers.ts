/** The `workers` model: an accept loop, and one Worker of worker_threads for each connection. */
import { constants } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type Counts, counts } from '../../account/counts.js';
import { addonPath, native } from '../../native.js';
import type { StartModel, Timeouts } from '../running.js';
import { Acceptor } from './acceptor.js';
import { Field, newAccount, type WorkerTask } from './account.cjs';
import { type Conversation, Ledger } from './ledger.js';

/** Small heaps, so that memory doesn't run out before threads do. */
const RESOURCES = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 };

/** Resolves when the Worker's thread has ended or couldn't be created. */
function startWorker(task: WorkerTask): Promise<void> {
  const fail = () => {
    task.account[Field.error] = constants.errno.EAGAIN;
  };
  return new Promise<void>((resolve) => {
    const worker = new Worker(new URL('./worker.cjs', import.meta.url), {
      workerData: task,
      execArgv: [],
      env: {}, // otherwise NODE_OPTIONS would make each Worker preload the host's modules
      resourceLimits: RESOURCES,
    });
    worker.once('error', fail);
    worker.once('exit', () => resolve());
  }).catch(fail);
}

async function acceptAll(
  acceptor: Acceptor,
  timeouts: Timeouts,
  begin: (conversation: Conversation) => void,
): Promise<void> {
  const { idleTimeoutNs = 0, writeTimeoutNs = 0 } = timeouts;
  for (let peer = await acceptor.next(); peer !== null; peer = await acceptor.next()) {
    native.limitWaits(peer.fd, idleTimeoutNs, writeTimeoutNs);
    const account = newAccount();
    const ended = startWorker({ fd: peer.fd, account, addon: addonPath });
    begin({ peer, opened: native.now(), account, ended });
  }
}

function countsOf(ledger: Ledger, acceptor: Acceptor): Counts {
  return counts({
    accepts: ledger.sum(Field.serving),
    refusals: ledger.refusals,
    closes: ledger.closes,
    requests: ledger.sum(Field.requests),
    bytesIn: ledger.sum(Field.bytesIn),
    bytesOut: ledger.sum(Field.bytesOut),
    shortWrites: ledger.sum(Field.shortWrites),
    acceptPauses: acceptor.pauses,
    callAccept: acceptor.calls,
    callPeer: 0,
    callReceive: ledger.sum(Field.callReceive),
    callSend: ledger.sum(Field.callSend),
    callWait: 0,
    callControl: 0,
    callClose: ledger.closes,
    callShutdown: ledger.sum(Field.callShutdown),
    callThread: ledger.started,
  });
}

export const startWorkers: StartModel = ([listener], spec) => {
  const ledger = new Ledger();
  const acceptor = new Acceptor(listener, () => ledger.starting());
  let stopping = false;
  const begin = (conversation: Conversation) => {
    ledger.begin(conversation);
    conversation.ended.then(() => {
      native.close(conversation.peer.fd);
      ledger.finish(conversation, stopping);
    });
  };
  let failure: unknown;
  const accepting = acceptAll(acceptor, spec, begin).catch((error) => {
    failure = error;
  });
  const shutDownAll = () => {
    for (const { peer } of ledger.live) native.shutdown(peer.fd);
  };
  return {
    counts: () => {
      if (failure) throw failure;
      return [countsOf(ledger, acceptor)];
    },
    takeRows: () => ledger.takeRows(),
    stop: async () => {
      stopping = true;
      acceptor.stop();
      shutDownAll();
      await accepting;
      shutDownAll(); // connections accepted meanwhile
      await Promise.all([...ledger.live].map(({ ended }) => ended));
      return ledger.takeRows();
    },
  };
};
