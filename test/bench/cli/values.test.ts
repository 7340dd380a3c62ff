// Every parser of an option value against its table of cases.

import t from 'tap';
import { lifetime, list, oneOf, option, port, wholeNumber } from '../../../bench/cli/values.js';
import { checkParser, refusal } from '../../support/parsers.js';
import { CASES } from './value-cases.js';

for (const [name, one] of Object.entries(CASES)) checkParser(t, name, one);

t.test('a refusal names the option, the value, what is wrong and what is allowed', async (t) => {
  const conns = option('--conns', list(wholeNumber(1, 1_000_000)));
  t.equal(refusal(conns, 'abc'), '--conns abc: not a whole number; allowed: 1 to 1000000');
  t.equal(refusal(conns, '10,0'), '--conns 0: too small; allowed: 1 to 1000000');
});

t.test('a list that repeats a value is refused, also in another spelling', async (t) => {
  const same = 'is listed twice; allowed: each value once';
  t.equal(refusal(list(port), '80,080'), `80,080: 080 ${same}`);
  t.equal(refusal(list(lifetime), '1s,2s,1000ms'), `1s,2s,1000ms: 1000ms ${same}`);
});

t.test('a refused name is followed by the closest allowed name', async (t) => {
  const server = option('--server', oneOf(['poll', 'epoll']));
  t.equal(
    refusal(server, 'epol'),
    '--server epol: unknown; allowed: poll, epoll (did you mean epoll?)',
  );
});

t.test('an error that is not a usage error passes through unchanged', async (t) => {
  const fault = new TypeError('a fault of ours');
  const parse = option('--it', () => {
    throw fault;
  });
  t.throws(() => parse('x'), fault);
});
