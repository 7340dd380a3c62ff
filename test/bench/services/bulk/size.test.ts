/** Sizes in words. */
import t from 'tap';
import { sizeInWords } from '../../../../bench/services/bulk/size.js';

t.test('a size is written in the largest unit that divides it', async (t) => {
  const words = [1, 999, 1000, 1024, 64 * 1024, 128_000, 1e6, 1_500_000, 1e8, 2 ** 20, 2 ** 40].map(
    sizeInWords,
  );
  t.same(words, [
    ...['1 B', '999 B', '1 kB', '1 KiB', '64 KiB', '128 kB', '1 MB', '1500 kB', '100 MB', '1 MiB'],
    '1024 GiB',
  ]);
});
