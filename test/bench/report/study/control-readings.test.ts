import t from 'tap';
import { plan } from '../../../../bench/plan/plan.js';
import { controlReadings } from '../../../../bench/report/study/control-readings.js';
import { measurementOf, OPTIONS, ROOMY, recordOf, slicesOf } from '../../../support/cells.js';

const SLICED = { ...OPTIONS, repeat: 0, durationNs: 1e9, slices: 'on', trials: 2 } as const;

t.test('with sliced servers, the control is read under the first load only', async (t) => {
  const made = plan({ ...SLICED, servers: ['epoll', 'poll'], connections: [10, 20] }, ROOMY);
  const records = made.cells.map((cell, i) => {
    const slices = {
      ...slicesOf(1),
      control: { ...slicesOf(1).control, efficiency: cell.connections },
    };
    return recordOf(cell, { trial: i + 1, measurement: measurementOf({ slices }) });
  });
  t.match(controlReadings(made, records), [
    { trial: 1, efficiency: 10, valid: true },
    { trial: 3, efficiency: 10, valid: true },
  ]);
});

t.test('a control with separate trials is read from them', async (t) => {
  const made = plan({ ...OPTIONS, trials: 2 }, ROOMY);
  const measurement = measurementOf({ efficiency: 5 });
  const cells = [...made.cells, ...made.controls];
  const records = cells.map((cell) => recordOf(cell, { measurement }));
  t.match(controlReadings(made, records), [{ efficiency: 5 }]);
});

t.test('a trial without a measurement has no control reading', async (t) => {
  const made = plan(SLICED, ROOMY);
  const records = made.cells.map((cell) => recordOf(cell, { measurement: null }));
  t.same(controlReadings(made, records), []);
});
