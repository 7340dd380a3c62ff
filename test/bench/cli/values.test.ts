// Every parser of an option value against its table of cases.

import t from 'tap';
import { UsageError } from '../../../bench/cli/usage-error.js';
import {
  lifetime,
  list,
  oneOf,
  option,
  type Parser,
  port,
  wholeNumber,
} from '../../../bench/cli/values.js';
import { CASES } from './value-cases.js';

function refusal(parse: Parser<unknown>, text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'accepted';
}

for (const [name, { parse, accepted, refused, allowed }] of Object.entries(CASES)) {
  t.test(`${name} takes what is allowed`, async (t) => {
    for (const [text, value] of accepted) t.strictSame(parse(text), value, text.slice(0, 40));
  });

  t.test(`${name} refuses all else in one line`, async (t) => {
    for (const [text, wrong] of refused) {
      const line = refusal(option('--it', parse), text);
      t.ok(line.startsWith('--it ') && line.endsWith(`: ${wrong}; allowed: ${allowed}`), line);
      t.notMatch(line, /\p{Cc}/u, 'no control character');
    }
  });
}

t.test('a refusal names the option, the value, what is wrong and what is allowed', async (t) => {
  const conns = option('--conns', list(wholeNumber(1, 1_000_000)));
  t.equal(refusal(conns, 'abc'), '--conns abc: not a whole number; allowed: 1 to 1000000');
  t.equal(refusal(conns, '10,0'), '--conns 0: too small; allowed: 1 to 1000000');
});

t.test('a list holds each value once, however it is spelled', async (t) => {
  const same = 'is listed twice; allowed: each value once';
  t.equal(refusal(list(port), '80,080'), `80,080: 080 ${same}`);
  t.equal(refusal(list(lifetime), '1s,2s,1000ms'), `1s,2s,1000ms: 1000ms ${same}`);
});

t.test('a misspelt name is answered with the one that was probably meant', async (t) => {
  const server = option('--server', oneOf(['poll', 'epoll']));
  t.equal(
    refusal(server, 'epol'),
    '--server epol: unknown; allowed: poll, epoll (did you mean epoll?)',
  );
});

t.test('an error that is no refusal passes through unchanged', async (t) => {
  const fault = new TypeError('a fault of ours');
  const parse = option('--it', () => {
    throw fault;
  });
  t.throws(() => parse('x'), fault);
});
