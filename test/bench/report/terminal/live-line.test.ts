import t from 'tap';
import { liveLine, timeLeft } from '../../../../bench/report/terminal/live-line.js';
import { native } from '../../../../lib/native.js';
import { cellOf } from '../../../support/cells.js';

const cell = cellOf({ connections: [100], idle: [50] });

function look(at: number, requests: number, change: object = {}) {
  const counts = { connected: 150, open: 150, requests, payload: 0, failures: 0, retries: 0 };
  const progress = { ...counts, lastSecond: [], ...change };
  return { at, progress };
}

t.test('while connecting, the line shows the number of established connections', async (t) => {
  t.equal(liveLine(cell, 'connecting', null, look(0, 0, { connected: 70 })), '70 of 150 connected');
});

t.test('while measuring, the line shows the current rate and open connections', async (t) => {
  const line = liveLine(cell, 'measuring', look(1000, 5000), look(1500, 30_000));
  t.equal(line, '150 of 150 open, 50.0k requests/s');
});

t.test('the latency of the last second, over all threads', async (t) => {
  const lastSecond = [1_000_000, 3_000_000].map((ns) => native.histogram(Float64Array.of(ns)));
  t.match(
    liveLine(cell, 'measuring', null, look(0, 7, { lastSecond })),
    /7 answered, last second p50 1\.00 ms, p99 3\.00 ms$/,
  );
});

t.test('retries and failures are shown as they occur', async (t) => {
  t.match(
    liveLine(cell, 'measuring', null, look(0, 7, { retries: 1, failures: 2 })),
    /1 retry, 2 failed$/,
  );
  t.match(liveLine(cell, 'measuring', null, look(0, 7, { failures: 3 })), /3 failed$/);
});

t.test('the remaining time is estimated from the trials that have ended', async (t) => {
  t.equal(timeLeft(0, 10, 5000), null);
  t.equal(timeLeft(2, 10, 4000), '16 s left');
  t.equal(timeLeft(1, 10, 20_000), '3 min 0 s left');
});
