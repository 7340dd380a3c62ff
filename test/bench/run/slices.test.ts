/** The figures of a sliced trial. */
import t from 'tap';
import type { Evidence } from '../../../bench/run/evidence.js';
import { slicesOf } from '../../../bench/run/slices.js';
import type { Stretch } from '../../../bench/run/stretches.js';
import { NO_TRANSFERS } from '../../../lib/account/transfers.js';
import { cellOf } from '../../support/cells.js';
import { CLIENT_ROW } from '../../support/rows.js';

const MS = 1e6;
const sliced = { ...cellOf(), uninterrupted: null };

/** 20 ms with 4,000 answers in 10 ms of CPU time, on 10 connections. */
function stretch(side: Stretch['side'], change: Partial<Stretch> = {}): Stretch {
  return {
    ...{ side, opened: 0, from: 0, to: 20 * MS, drained: 21 * MS, connections: 10 },
    ...{ requests: 4000, work: 4000, serverNs: 10 * MS, clientNs: 1, idleNs: 0, ...change },
  };
}

const of = (stretches: readonly Stretch[], found: Partial<Evidence> = {}) =>
  slicesOf(sliced, { startedAt: new Date(0), marks: {}, stretches, ...found });

t.test('figures of slices are null without the control beside the server', async (t) => {
  t.equal(of([]), null);
  const evidence = { startedAt: new Date(0), marks: {}, stretches: [stretch('server')] };
  t.equal(slicesOf({ ...sliced, uninterrupted: 'open loop' }, evidence), null);
  t.equal(slicesOf(sliced, { startedAt: new Date(0), marks: {} }), null);
});

t.test('the ratio is the ratio of the efficiencies, pair by pair', async (t) => {
  const slow = stretch('control', { work: 1000, requests: 1000 });
  const found = of([stretch('server'), slow, slow, stretch('server')]);
  t.equal(found?.pairs, 2);
  t.same(found?.logRatios, [Math.log(4), Math.log(4)]);
  t.equal(found?.lengthMs, 20);
  t.equal(found?.roundTrips, 100, 'round trips per connection of the slower side');
  t.match(found?.control, { throughput: 50_000, efficiency: 100_000 });
});

t.test('slices that were not drained, or had no answer, are counted on both sides', async (t) => {
  const silent = { requests: 0, work: 0 };
  const found = of([
    stretch('server', silent),
    stretch('control', { drained: null }),
    stretch('server'),
    stretch('control', silent),
  ]);
  t.match(found, { undrained: 1, silent: 2, pairs: 0 });
});

t.test('the CPU share of an idle server is measured while the other one is served', async (t) => {
  const found = of([
    stretch('server', { idleNs: 5 * MS }),
    stretch('control', { idleNs: 1 * MS }),
    stretch('control', { idleNs: null }),
    stretch('server', { idleNs: 5 * MS }),
  ]);
  t.same(found?.idleBusy, { server: 0.05, control: 0.25 });
  const unknown = [stretch('server', { idleNs: null }), stretch('control', { idleNs: null })];
  t.same(of(unknown)?.idleBusy, { server: null, control: null });
});

t.test(
  'CPU time is unknown if one slice’s is unknown, and failures are the client’s',
  async (t) => {
    const control = {
      ...{ service: [], response: [], windows: [], transfers: NO_TRANSFERS },
      rows: [{ ...CLIENT_ROW, failure: 'short' }],
    };
    const found = of([stretch('server'), stretch('control', { serverNs: null })], { control });
    t.equal(found?.control.efficiency, null);
    t.same(found?.control.failuresByKind, { short: 1 });
  },
);
