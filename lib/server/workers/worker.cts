/**
 * One Worker: serves one connection with blocking recv(2), send(2) and sendfile(2). CommonJS,
 * because the ESM loader would make a Worker's start 50 % slower.
 */
import { workerData } from 'node:worker_threads';
import type { NativeConnection, WorkerCalls } from '../../native.js';
import { Ending, type WorkerTask } from './account.cjs';

const task = workerData as WorkerTask;
const native = require(task.addon) as WorkerCalls;

/** Returns the index of the close reason. */
function serve(connection: NativeConnection): number {
  for (;;) {
    const reason = connection.receive() ?? connection.flush();
    if (reason !== null) return reason;
  }
}

const connection = new native.Connection(task.connection);
task.ending[Ending.reason] = serve(connection);
connection.shutdown(); // sends FIN now; the host closes the descriptor after this thread has ended
task.ending[Ending.closed] = native.now();
