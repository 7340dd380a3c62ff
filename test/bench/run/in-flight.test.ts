import t from 'tap';
import { inFlightOf } from '../../../bench/run/in-flight.js';
import { NO_TRANSFERS } from '../../../lib/account/transfers.js';
import type { LoadReport } from '../../../lib/load/client.js';
import { native } from '../../../lib/native.js';
import { cellOf } from '../../support/cells.js';

const SECOND = 1e9;
const CELL = cellOf({ durationNs: SECOND, repeat: 0, connections: [10] });

const NOTHING = { rows: [], transfers: NO_TRANSFERS, windows: [], response: [] };

function answeredIn(...ns: number[]): LoadReport {
  const counts = native.histogram(Float64Array.from(ns));
  return { ...NOTHING, service: [{ second: 0, counts }] };
}

t.test('requests under way are throughput times mean latency', async (t) => {
  const found = inFlightOf(CELL, answeredIn(0.5e6, 1.5e6), 0, 10_000);
  t.equal(found?.expected, 10);
  t.ok(Math.abs((found?.measured ?? 0) - 10) < 0.02, `${found?.measured}`);
});

t.test('requests under way are unknown if some connections are not kept busy', async (t) => {
  const load = answeredIn(1e6);
  t.equal(inFlightOf(cellOf({ durationNs: SECOND, repeat: 5 }), load, 0, 10_000), null);
  t.equal(inFlightOf(cellOf({ durationNs: 0 }), load, 0, 10_000), null);
  t.equal(inFlightOf({ ...CELL, rate: 100 }, load, 0, 10_000), null);
  t.equal(inFlightOf({ ...CELL, perConnection: 1 }, load, 0, 10_000), null);
  t.equal(inFlightOf(CELL, load, 3, 10_000), null, 'some connections waited the whole time');
  t.equal(inFlightOf(CELL, answeredIn(), 0, 10_000), null);
  t.equal(inFlightOf(CELL, load, 0, 0), null, 'all answers are outside the measured window');
});
