/** The time of all traffic of a cell's trials. */
import t from 'tap';
import { totalTime } from '../../../../bench/report/text/total-time.js';
import { summarize } from '../../../../bench/statistics/summarize.js';
import { cellOf, FIXED, measurementOf, recordOf } from '../../../support/cells.js';

const CELL = cellOf();
const CLIENTS = { succeeded: 1, failed: 9, retries: 0, meanMs: 1, longestMs: 1, rate: 1 };

function totalOf(problems: Parameters<typeof verdictWith>[0]) {
  const measurement = measurementOf({ clients: CLIENTS, windowS: 2 });
  const record = recordOf(CELL, { measurement, verdict: verdictWith(problems) });
  const [row] = summarize({ cells: [CELL], controls: [], ...FIXED }, [record]);
  return row && totalTime(row);
}

function verdictWith(problems: ReturnType<typeof recordOf>['verdict']['problems']) {
  return { valid: problems.length === 0, clientBound: false, problems, notes: [] };
}

t.test('the median of the valid trials', async (t) => {
  t.equal(totalOf([]), '2.00 s');
});

t.test('after the cap, more than the cap', async (t) => {
  t.equal(totalOf([{ kind: 'cap exceeded', figures: { capSeconds: 180 } }]), '> 180 s');
});

t.test('unknown if the trials failed otherwise', async (t) => {
  t.equal(totalOf([{ kind: 'no request answered', figures: {} }]), '–');
});
