import t from 'tap';
import {
  bytes,
  compact,
  count,
  fixed,
  share,
  time,
  timeOfMs,
  whole,
} from '../../../bench/text/format.js';

t.test('figures have three digits and a unit', async (t) => {
  t.equal(compact(217_345), '217k');
  t.equal(compact(41_300), '41.3k');
  t.equal(compact(1_240_000), '1.24M');
  t.equal(compact(4657.4), '4,657');
  t.equal(time(12.34), '12.3 µs');
  t.equal(time(1500), '1.50 ms');
  t.equal(timeOfMs(1500), '1.50 s');
  t.equal(time(1_030_000), '1.03 s');
  t.equal(bytes(700), '700 B');
  t.equal(bytes(10 * 1024), '10.0 KiB');
  t.equal(bytes(3 * 2 ** 30), '3.00 GiB');
  t.equal(share(0.974), '97%');
  t.equal(fixed(2.125, 2), '2.13');
  t.equal(whole(100_000), '100,000');
});

t.test('a figure is rounded before its unit is chosen', async (t) => {
  t.equal(compact(999_499), '999k');
  t.equal(compact(999_999), '1.00M');
  t.equal(compact(9999.7), '10.0k');
  t.equal(time(999.96), '1.00 ms');
  t.equal(time(999_999), '1.00 s');
  t.equal(time(9.999), '10.0 µs');
  t.equal(time(99.97), '100 µs');
  t.equal(bytes(2 ** 20 - 1), '1.00 MiB');
  t.equal(bytes(1023.6), '1.00 KiB');
  t.equal(bytes(1023), '1023 B');
});

t.test('a duration of exactly 0 has no digits after the point', async (t) => {
  t.equal(time(0), '0 µs');
  t.equal(timeOfMs(0), '0 µs');
  t.equal(time(0.001), '0.00 µs', 'it is not 0');
});

t.test('an unknown figure is a dash, not 0', async (t) => {
  for (const show of [compact, time, timeOfMs, bytes, share, whole]) t.equal(show(null), '–');
  t.equal(fixed(null, 2), '–');
});

t.test('a count of 1 has the singular word', async (t) => {
  t.equal(count(1, 'byte'), '1 byte');
  for (const n of [0, 2, 1234]) t.match(count(n, 'byte'), / bytes$/);
  t.equal(count(1_234_567, 'reply', 'replies'), '1,234,567 replies');
  t.equal(count(1, 'reply', 'replies'), '1 reply');
});
