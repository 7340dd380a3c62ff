/** The work of a trial, and the CPU time that it took. */
import t from 'tap';
import type { Evidence } from '../../../bench/run/evidence.js';
import type { Stretch } from '../../../bench/run/stretches.js';
import { measuredWork } from '../../../bench/run/work.js';
import type { ThreadWindow } from '../../../lib/load/client.js';
import type { CpuTime } from '../../../lib/native-data.js';

const window = (start: number, end: number, requests: number, payload = 0) =>
  ({ start: start * 1e9, end: end * 1e9, requests, payload }) as ThreadWindow;

const found = (more: Partial<Evidence> = {}): Evidence => ({
  ...{ startedAt: new Date(0), marks: {}, ...more },
});

const WINDOWS = [window(1, 3, 10, 500), window(2, 5, 20, 700)];

function stretch(side: Stretch['side'], change: Partial<Stretch> = {}): Stretch {
  return {
    ...{ side, opened: 0, from: 1e9, to: 3e9, drained: 4e9, connections: 1 },
    ...{ requests: 8, work: 80, serverNs: 5e8, clientNs: 0, idleNs: 0, ...change },
  };
}

t.test('the window is from the first start to the last end, and includes all work', async (t) => {
  const work = measuredWork(found(), WINDOWS, 'requests');
  t.same(work, { requests: 30, work: 30, seconds: 4, start: 1e9, end: 5e9, cpu: null });
  t.match(measuredWork(found(), WINDOWS, 'bytes'), { requests: 30, work: 1200 });
  const unused = [...WINDOWS, window(0, 0, 9)];
  t.match(measuredWork(found(), unused, 'requests'), { requests: 30, seconds: 4 });
  t.match(measuredWork(found(), [], 'requests'), { requests: 0, work: 0, seconds: 0 });
});

t.test('readings within the window have the work between them, and their delay', async (t) => {
  const early = measuredWork(found({ window: stretch('server') }), WINDOWS, 'requests');
  t.match(early, { requests: 30, cpu: { usedS: 0.5, seconds: 2, work: 80, slipS: 2 } });
  const late = { window: stretch('server', { from: 1.5e9, to: 5.1e9 }) };
  t.match(measuredWork(found(late), WINDOWS, 'requests').cpu, { slipS: 0.5 });
  const unknown = { window: stretch('server', { serverNs: null }) };
  t.equal(measuredWork(found(unknown), WINDOWS, 'requests').cpu, null);
});

t.test('without readings of the window, all work is between the outer readings', async (t) => {
  const cpuOf = (from: Partial<CpuTime>, to: Partial<CpuTime>) =>
    measuredWork(
      found({
        cpuStart: { at: 1e9, ns: 1e9, ...from },
        cpuEnd: { at: 6e9, ns: 3e9, ...to },
      } as Partial<Evidence>),
      WINDOWS,
      'requests',
    ).cpu;
  t.same(cpuOf({}, {}), { usedS: 2, seconds: 5, work: 30, slipS: 0 });
  t.equal(cpuOf({}, { at: 1e9 }), null, 'no time between them');
  t.equal(cpuOf({}, { ns: Number.NaN }), null);
});

t.test('only the slices of the server are counted', async (t) => {
  const stretches = [stretch('server'), stretch('control'), stretch('server')];
  t.same(measuredWork(found({ stretches }), WINDOWS, 'requests'), {
    ...{ requests: 16, work: 160, seconds: 4 },
    cpu: { usedS: 1, seconds: 4, work: 160, slipS: 0 },
  });
  const unknown = { stretches: [stretch('server', { serverNs: null })] };
  t.equal(measuredWork(found(unknown), WINDOWS, 'requests').cpu, null);
});
