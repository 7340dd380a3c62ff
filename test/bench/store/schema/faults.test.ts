/** The first invalid field, on one line. */
import t from 'tap';
import { recordFaults } from '../../../../bench/store/schema/faults.js';
import { cellOf, recordOf } from '../../../support/cells.js';

const record = { run: 'one', ...recordOf(cellOf()) };

t.test('a record as written has no fault', async (t) => {
  const findFault = await recordFaults();
  t.equal(findFault(record), null);
  t.equal(findFault(JSON.parse(JSON.stringify(record))), null);
});

t.test('a fault is reported with the path of its field', async (t) => {
  const findFault = await recordFaults();
  t.match(findFault({ ...record, trial: '1' }), /^trial: \S/);
  t.match(
    findFault({ ...record, measurement: { ...record.measurement, peak: { open: null } } }),
    /^measurement\.peak\.open: /,
  );
  t.match(findFault({ ...record, startedAt: 'yesterday' }), /^startedAt: /);
  t.match(findFault({ ...record, seed: Number.NaN }), /^seed: /);
  const { block: _, ...without } = record;
  t.match(findFault(without), /^block: /);
  for (const value of [null, 5, 'text', []]) t.match(findFault(value), /^the whole: [^\n]+$/);
});

t.test('a field that is unknown to this version is not a fault', async (t) => {
  t.equal((await recordFaults())({ ...record, later: 1 }), null);
});
