/**
 * One Worker: serves one connection with blocking recv(2) and send(2). CommonJS, because the ESM
 * loader would make a Worker's start 50 % slower.
 */
import { workerData } from 'node:worker_threads';
import type { BlockingCalls } from '../../native.js';
import { countLines } from '../lines.cjs';
import { Field, type WorkerTask } from './account.cjs';

const { fd, account, addon } = workerData as WorkerTask;
const native = require(addon) as BlockingCalls;

function add(field: number, n: number): void {
  account[field] = (account[field] as number) + n;
}

/** Sends all bytes; returns 0 or the errno of the failed call. */
function sendAll(buffer: Uint8Array, length: number): number {
  for (let sent = 0; sent < length; ) {
    add(Field.callSend, 1);
    const count = native.send(fd, buffer, sent, length - sent);
    if (count < 0) return -count;
    sent += count;
    add(Field.bytesOut, count);
    if (sent < length) add(Field.shortWrites, 1);
  }
  return 0;
}

function serve(): number {
  const buffer = new Uint8Array(native.receiveBytes);
  for (;;) {
    add(Field.callReceive, 1);
    const count = native.receive(fd, buffer);
    if (count <= 0) return -count;
    add(Field.bytesIn, count);
    add(Field.requests, countLines(buffer.subarray(0, count)));
    const error = sendAll(buffer, count);
    if (error !== 0) return error;
  }
}

account[Field.serving] = 1;
account[Field.error] = serve();
add(Field.callShutdown, 1);
native.shutdown(fd); // sends FIN now; the host closes the descriptor after this thread has ended
account[Field.closed] = native.now();
