/** Host names: each is looked up once, and callers wait no longer than the limit. */
import t from 'tap';
import { hostNames, namesOf } from '../../../bench/store/host-names.js';

const LONG_MS = 60_000;

t.test('an address is looked up once', async (t) => {
  const asked: string[] = [];
  const nameOf = hostNames(async (address) => {
    asked.push(address);
    return { hostname: 'client.example' };
  });
  t.same(
    await namesOf(['192.0.2.7', '192.0.2.7', ''], LONG_MS, nameOf),
    new Map([['192.0.2.7', 'client.example']]),
  );
  t.equal(await nameOf('192.0.2.7', LONG_MS), 'client.example');
  t.same(asked, ['192.0.2.7']);
});

t.test('an address without a valid host name is its own name', async (t) => {
  const failing = hostNames(() => Promise.reject(new Error('ENOTFOUND')));
  t.equal(await failing('192.0.2.7', LONG_MS), '192.0.2.7');
  for (const hostname of ['', 'a,b', 'a b', 'a\nb', '\x1b[2J']) {
    const nameOf = hostNames(async () => ({ hostname }));
    t.equal(await nameOf('192.0.2.7', LONG_MS), '192.0.2.7', JSON.stringify(hostname));
  }
  const untouched = hostNames(() => t.fail('not an address') as never);
  t.equal(await untouched('/run/socket', LONG_MS), '/run/socket');
});

t.test('a slow lookup delays callers only up to the limit, and is used later', async (t) => {
  // The time limit alone does not keep the process running.
  const alive = setInterval(() => {}, LONG_MS);
  t.teardown(() => clearInterval(alive));
  let answer = (_: { hostname: string }) => {};
  const nameOf = hostNames(() => new Promise((resolve) => (answer = resolve)));
  t.equal(await nameOf('::1', 1), '::1');
  answer({ hostname: 'late.example' });
  t.equal(await nameOf('::1', LONG_MS), 'late.example');
});
