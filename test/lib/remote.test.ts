/** Calls to another process: answers, errors, and calls that are pending when it ends. */
import t, { type Test } from 'tap';
import { type Remote, spawnRemote } from '../../lib/remote.js';
import { allowedCpus } from '../../lib/system/cpus.js';
import type { CalledMethods } from '../support/called-process.js';

function called(t: Test): Remote<CalledMethods> {
  const entry = new URL('../support/called-process.js', import.meta.url);
  const remote = spawnRemote<CalledMethods>(entry, { name: 'called one', cpus: allowedCpus() });
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
