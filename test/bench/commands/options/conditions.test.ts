/** Conditions on results, parsed from the command line. */
import t from 'tap';
import { serviceLevel, thresholds } from '../../../../bench/commands/options/conditions.js';

t.test('times are converted to µs, and other figures are numbers with an SI prefix', async (t) => {
  t.same(serviceLevel('p99<5ms, failures=0 ,throughput > 1.5M'), [
    { text: 'p99<5ms', metric: 'p99', sign: '<', bound: 5000 },
    { text: 'failures=0', metric: 'failures', sign: '=', bound: 0 },
    { text: 'throughput > 1.5M', metric: 'throughput', sign: '>', bound: 1.5e6 },
  ]);
  const bound = (text: string) => serviceLevel(`throughput>${text}`)[0]?.bound;
  t.same(['7', '2k', '3G', '2e3'].map(bound), [7, 2000, 3e9, 2000]);
});

t.test('a threshold is an upper or a lower bound, not an equality', async (t) => {
  t.same(thresholds('p50>1s,to-control<0.9'), [
    { text: 'p50>1s', metric: 'p50', above: true, bound: 1e6 },
    { text: 'to-control<0.9', metric: 'to-control', above: false, bound: 0.9 },
  ]);
  t.throws(() => thresholds('failures=0'), /not a condition; allowed: .*p99<5ms/);
});

t.test('anything else is refused', async (t) => {
  for (const text of ['', 'p99', 'p99<', 'p98<5ms', 'p99!5ms', 'toString>5', 'p99<5ms,'])
    t.throws(() => serviceLevel(text), /not a condition/, text);
  for (const text of ['0x10', '1T', '-1', 'Infinity', '1.'])
    t.throws(() => serviceLevel(`failures<${text}`), /the value is not a number/, text);
  t.throws(() => serviceLevel('p99<5'), /has no unit/);
});
