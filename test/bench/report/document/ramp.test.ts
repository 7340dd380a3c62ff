/** The service level of a ramp in words. */
import t from 'tap';
import { levelOf, variedLoad } from '../../../../bench/report/document/ramp.js';
import { study } from '../../../../bench/report/study/study.js';
import { storedRun } from '../../../support/stored.js';

const question = (...texts: string[]) => ({
  ...{ factor: 'connections', servers: ['epoll'], from: 1, to: 8, precision: 0.1 },
  conditions: texts.map((text) => ({ text, metric: 'p99' as const, sign: '<' as const, bound: 5 })),
});

const [closed, open] = [[0], [5000]].map((rates) => study(storedRun({ rates, trials: 1 })));
if (!closed || !open) throw new Error('no study');

t.test('without conditions the service level is the efficiency, in a closed loop', async (t) => {
  t.match(levelOf(closed, question()), /^no failure, .* and requests .* within 30 % of the best/);
  t.notMatch(levelOf(open, question()), /of the best/);
});

t.test('conditions replace the efficiency, and an open loop must keep its schedule', async (t) => {
  t.equal(
    levelOf(closed, question('p99<5ms')),
    'no failure, no connection without an answer and p99<5ms',
  );
  t.equal(
    levelOf(open, question('p99<5ms')),
    'no failure, no connection without an answer, 95 % of the due messages sent and answered and p99<5ms',
  );
});

t.test('the varied load is a factor of the service, and an unknown one is refused', async (t) => {
  t.match(variedLoad(closed, question()), { unit: 'connections' });
  t.match(variedLoad(closed, { ...question(), factor: 'bytes' }), { unit: 'bytes per message' });
  t.throws(
    () => variedLoad(closed, { ...question(), factor: 'size' }),
    /load size of echo: unknown/,
  );
});
