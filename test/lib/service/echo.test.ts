/** Requests are counted in the received part of a buffer, and only that part is searched. */
import t from 'tap';
import { countLines } from '../../../lib/service/echo.js';

const NEWLINE = 10;

t.test('each newline is a request', async (t) => {
  t.equal(countLines(Buffer.from('one\ntwo\nthree')), 2);
  t.equal(countLines(Buffer.from('\n\n\n')), 3);
  t.equal(countLines(Buffer.from('half a request')), 0);
  t.equal(countLines(new Uint8Array(0)), 0);
});

t.test('newlines beyond the received part of a buffer are not counted', async (t) => {
  const buffer = new Uint8Array(16_384).fill(NEWLINE);
  buffer.set(Buffer.from('one\ntwo'));
  t.equal(countLines(buffer.subarray(0, 7)), 1);
});

t.test('only the received part is searched', async (t) => {
  const searched: number[] = [];
  class Watched extends Uint8Array {
    override indexOf(value: number, from = 0): number {
      searched.push(this.length - from);
      return super.indexOf(value, from);
    }
  }
  const buffer = new Watched(16_384);
  buffer.set(Buffer.from('one\ntwo'));
  countLines(buffer.subarray(0, 7));
  t.strictSame(searched, [7, 3], 'the 7 bytes received, then the 3 behind the newline');
  t.equal(countLines.length, 1, 'the function takes no bound that it could check too late');
});
