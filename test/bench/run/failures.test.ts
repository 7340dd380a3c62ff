/** Failures of connections by kind. */
import t from 'tap';
import { failuresByKind } from '../../../bench/run/failures.js';
import { CLIENT_ROW } from '../../support/rows.js';

t.test('only failures that were not retried count', async (t) => {
  const rows = [
    CLIENT_ROW,
    { ...CLIENT_ROW, failure: 'reset' },
    { ...CLIENT_ROW, failure: 'reset', retried: true },
    { ...CLIENT_ROW, failure: 'timed out' },
    { ...CLIENT_ROW, failure: 'reset' },
  ];
  t.same(failuresByKind(rows), { reset: 2, 'timed out': 1 });
  t.same(failuresByKind([]), {});
});
