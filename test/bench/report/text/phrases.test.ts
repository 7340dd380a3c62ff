import t from 'tap';
import { faint, plain, strong } from '../../../../bench/report/text/blocks.js';
import {
  capital,
  interval,
  listed,
  listedWords,
  percent,
  times,
  withInterval,
} from '../../../../bench/report/text/phrases.js';
import { compact, fixed } from '../../../../bench/text/format.js';

t.test('a list has “and” before its last item, in plain and in marked-up text', async (t) => {
  const lists = ['', 'a', 'a and b', 'a, b and c', 'a, b, c and d'];
  for (const [n, expected] of lists.entries()) {
    const items = ['a', 'b', 'c', 'd'].slice(0, n);
    t.equal(listed(items), expected);
    t.equal(plain(listedWords(items)), expected);
  }
  t.same(listedWords([strong('a'), 'b']), [strong('a'), ' and ', 'b']);
});

t.test('a value is followed by its interval, if there is one', async (t) => {
  const estimate = { median: 165_000, low: 158_000, high: 170_000, level: 0.95 };
  t.same(withInterval(estimate, compact), ['165k', faint(' [158k, 170k]')]);
  t.same(withInterval({ ...estimate, low: null, high: null, level: null }, compact), ['165k']);
  t.same(withInterval(null, compact), ['–']);
  t.equal(
    interval(0.5, null, (value) => fixed(value, 1)),
    '[0.5, –]',
  );
});

t.test('a ratio has three digits, and no decimals from 100 on', async (t) => {
  const cases = [
    [0, '0.00×'],
    [0.5, '0.50×'],
    [1.314, '1.31×'],
    [12.34, '12.3×'],
    [100, '100×'],
    [1234.5, '1235×'],
  ] as const;
  for (const [ratio, expected] of cases) t.equal(times(ratio), expected);
  t.equal(times(null), '–');
});

t.test('a percentage below ten has one decimal place, except 0', async (t) => {
  const cases = [
    [0, '0 %'],
    [0.001, '0.1 %'],
    [0.05, '5.0 %'],
    [0.1, '10 %'],
    [0.954, '95 %'],
    [1, '100 %'],
    [-0.05, '-5 %'],
  ] as const;
  for (const [share, expected] of cases) t.equal(percent(share), expected);
});

t.test('capitalizing changes only the first letter', async (t) => {
  t.same(['', 'a', 'epoll-lt and Select', 'éa', '1a'].map(capital), [
    ...['', 'A', 'Epoll-lt and Select', 'Éa', '1a'],
  ]);
});
