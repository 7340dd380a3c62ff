/** Calls to another process: answers, errors, and calls that are pending when it ends. */
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, read, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { type Remote, spawnRemote } from '../../lib/remote.js';
import { allowedCpus } from '../../lib/system/cpus.js';
import type { CalledMethods } from '../support/called-process.js';

function called(t: Test, descriptors: readonly number[] = []): Remote<CalledMethods> {
  const entry = new URL('../support/called-process.js', import.meta.url);
  const remote = spawnRemote<CalledMethods>(entry, {
    name: 'called one',
    cpus: allowedCpus(),
    descriptors,
  });
  t.teardown(() => remote.kill());
  return remote;
}

t.test('calls are answered, each with its own result', async (t) => {
  const remote = called(t);
  // The first is answered last.
  const [later, sum, column] = await Promise.all([
    remote.call('later', 50),
    remote.call('add', 2, 3),
    remote.call('column', Float64Array.of(1, Number.NaN, 2 ** 53)),
  ]);
  t.same([later, sum], [50, 5]);
  t.strictSame(
    column,
    Float64Array.of(2, Number.NaN, 2 ** 54),
    'a typed array is received as a typed array',
  );
  t.notOk(remote.hasEnded());

  await t.rejects(remote.call('fail', 'EMFILE'), { message: 'it failed', code: 'EMFILE' });
  await t.rejects(remote.call('fail'), { message: 'it failed', code: undefined });
  t.equal(await remote.call('add', 1, 1), 2, 'an error does not end the process');

  await remote.release();
  t.ok(remote.hasEnded());
  t.match(await remote.ended, { message: 'the called one ended early (exit code 0)' });
});

t.test('calls that are pending when the process ends are rejected with the reason', async (t) => {
  const remote = called(t);
  const [never, exit] = [remote.call('never'), remote.call('exit', 7)];
  const message = 'the called one ended early (exit code 7)';
  await t.rejects(never, { message });
  await t.rejects(exit, { message });
  t.match(await remote.ended, { message });
  await t.rejects(remote.call('add', 1, 1), { message }, 'later calls are rejected too');
  await remote.release();
});

t.test('the error for a killed process names the signal', async (t) => {
  const remote = called(t);
  const never = remote.call('never');
  remote.kill();
  await t.rejects(never, { message: 'the called one ended early (SIGKILL)' });
});

t.test('a process whose parent has ended during a call ends as at any other time', async (t) => {
  const directory = t.testdir();
  const [wake, asleep] = [fifo(t, directory, 'wake'), fifo(t, directory, 'asleep')];
  const remote = called(t, [wake, asleep]);
  const call = remote.call('block');
  await promisify(read)(asleep, Buffer.alloc(1), 0, 1, null);
  // The process can't notice that the channel is closed before it sends its reply.
  const released = remote.release();
  await setImmediate();
  writeSync(wake, '.');
  const message = 'the called one ended early (exit code 0)';
  await t.rejects(call, { message });
  await released;
});

/** A named pipe, open for reading and writing. */
function fifo(t: Test, directory: string, name: string): number {
  const path = join(directory, name);
  execFileSync('mkfifo', [path]);
  const descriptor = openSync(path, 'r+');
  t.teardown(() => closeSync(descriptor));
  return descriptor;
}
