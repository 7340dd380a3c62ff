import t from 'tap';
import type { TrialRecord } from '../../../bench/record.js';
import { efficiencyToControl, toControlOf } from '../../../bench/statistics/to-control.js';
import { cellOf, measurementOf, recordOf, slicesOf } from '../../support/cells.js';

const CELL = cellOf();
const NO_CONTROL = { cells: [CELL], controls: [] };

function sliced(...ratios: number[]): TrialRecord {
  const measurement = measurementOf({ slices: slicesOf(...ratios) });
  return recordOf(cellOf(), { uninterrupted: null, measurement });
}

t.test('a sliced trial needs no control trial in its block', async (t) => {
  const [ratio] = efficiencyToControl(NO_CONTROL, CELL, [], [sliced(0.9, 0.9)]);
  t.ok(Math.abs((ratio ?? 0) - 0.9) < 1e-12);
});

t.test('a single sliced trial has the interval of its slices', async (t) => {
  const found = toControlOf(NO_CONTROL, CELL, [], [sliced(0.98, 1.02, 1.0, 1.0)], 0.05);
  t.ok(found?.low && found.low > 0.95 && found.low < 1);
  t.ok(found?.high && found.high > 1 && found.high < 1.05);
});

t.test('several trials have an interval that includes the variation between them', async (t) => {
  const steady = [sliced(1, 1), sliced(1.1, 1.1), sliced(1.2, 1.2)];
  const found = toControlOf(NO_CONTROL, CELL, [], steady, 0.05);
  t.ok(found?.low && found.low < 1);
  t.ok(found?.high && found.high > 1.2);
});

t.test('without slices, the ratio is to the control of the block', async (t) => {
  const control = recordOf(
    { ...CELL, number: 99 },
    { measurement: measurementOf({ efficiency: 80_000 }) },
  );
  const own = recordOf(CELL, { measurement: measurementOf({ efficiency: 40_000 }) });
  const controls = [{ ...CELL, number: 99, server: CELL.control }];
  t.same(efficiencyToControl({ cells: [CELL], controls }, CELL, [control, own], [own]), [0.5]);
  const elsewhere = { ...CELL, connections: 99 };
  t.same(
    efficiencyToControl({ cells: [elsewhere], controls }, elsewhere, [control, own], [own]),
    [],
    'not to the control under another load',
  );
});

t.test('in a ramp, the ratio is to the control under the same load', async (t) => {
  const control = { ...CELL, number: 7, server: CELL.control };
  const elsewhere = { ...control, number: 8, connections: 99 };
  const plan = { cells: [elsewhere, CELL, control], controls: [] };
  const records = [
    recordOf(elsewhere, { measurement: measurementOf({ efficiency: 1 }) }),
    recordOf(control, { measurement: measurementOf({ efficiency: 80_000 }) }),
  ];
  const own = recordOf(CELL, { measurement: measurementOf({ efficiency: 40_000 }) });
  t.same(efficiencyToControl(plan, CELL, [...records, own], [own]), [0.5]);
});
