/** The pattern, from memory and as a file. */
import { readSync } from 'node:fs';
import t from 'tap';
import { native } from '../../../lib/native.js';
import { openPatternFile, readPattern } from '../../../lib/service/pattern.js';
import { pattern } from '../../support/pattern.js';

const PERIOD = 65_521;

t.test('a view from any position continues the stream from there, up to 64 KiB', async (t) => {
  const patternAt = readPattern();
  const expected = pattern(4 * PERIOD);
  for (const position of [0, 1, 40_000, PERIOD - 1, PERIOD, 2 * PERIOD + 7]) {
    t.ok(expected.subarray(position, position + 65_536).equals(patternAt(position, 1e9)));
    t.ok(expected.subarray(position, position + 10).equals(patternAt(position, 10)));
  }
});

t.test('the file contains whole periods', async (t) => {
  const { fd, length } = openPatternFile();
  t.equal(length % PERIOD, 0);
  t.ok(length > 2 ** 19);
  const bytes = Buffer.alloc(length);
  t.equal(readSync(fd, bytes, { position: 0 }), length);
  t.ok(bytes.equals(pattern(length)));
  native.close(fd);
});
