/** The `workers` model: an accept loop, and one Worker of worker_threads for each connection. */
import { Worker } from 'node:worker_threads';
import { COUNT_NAMES, type Counts, counts } from '../../account/counts.js';
import { addonPath, type NativeService, native } from '../../native.js';
import type { StartModel, Timeouts } from '../running.js';
import { Acceptor } from './acceptor.js';
import { newAccount, type WorkerTask } from './account.cjs';
import { type Conversation, Ledger } from './ledger.js';

/** Small heaps, so that memory doesn't run out before threads do. */
const RESOURCES = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16, stackSizeMb: 1 };

/** Resolves when the Worker's thread has ended or couldn't be created. */
function startWorker(task: WorkerTask): Promise<void> {
  return new Promise<void>((resolve) => {
    const worker = new Worker(new URL('./worker.cjs', import.meta.url), {
      workerData: task,
      execArgv: [],
      env: {}, // otherwise NODE_OPTIONS would make each Worker preload the host's modules
      resourceLimits: RESOURCES,
    });
    worker.once('error', () => {});
    worker.once('exit', () => resolve());
  }).catch(() => {});
}

async function acceptAll(
  acceptor: Acceptor,
  { idleTimeoutNs = 0, writeTimeoutNs = 0 }: Timeouts,
  service: NativeService,
  begin: (conversation: Conversation) => void,
): Promise<void> {
  for (let peer = await acceptor.next(); peer !== null; peer = await acceptor.next()) {
    native.limitWaits(peer.fd, idleTimeoutNs, writeTimeoutNs);
    const account = newAccount(COUNT_NAMES.length);
    const opened = native.now();
    const connection = { ...peer, opened, service: service.id, counters: account.counters };
    const ended = startWorker({ connection, ending: account.ending, addon: addonPath });
    begin({ peer, opened, account, ended });
  }
}

function countsOf(ledger: Ledger, acceptor: Acceptor): Counts {
  const served = COUNT_NAMES.map((name) => [name, ledger.sum(name)]);
  return counts({
    ...Object.fromEntries(served),
    refusals: ledger.refusals,
    closes: ledger.closes,
    acceptPauses: acceptor.pauses,
    callAccept: acceptor.calls,
    callClose: ledger.closes,
    callThread: ledger.started,
  });
}

export const startWorkers: StartModel = ([listener], spec) => {
  const service = new native.Service(spec.service, spec.listsTransfers ?? false);
  const ledger = new Ledger(spec.listsOpenings ?? false);
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
  const accepting = acceptAll(acceptor, spec, service, begin).catch((error) => {
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
    takeTransfers: () => service.takeTransfers(),
    stop: async () => {
      stopping = true;
      acceptor.stop();
      shutDownAll();
      await accepting;
      shutDownAll(); // connections accepted meanwhile
      await Promise.all([...ledger.live].map(({ ended }) => ended));
      service.close();
      return ledger.takeRows();
    },
  };
};
