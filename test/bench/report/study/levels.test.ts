/** What varies besides the server: the axis that shows it, and its levels in words. */
import t from 'tap';
import { axisOf, inWords, type LevelName } from '../../../../bench/report/study/levels.js';

const LEVEL = { connections: 10, idle: 0, rate: 0, bytes: 5 };

const levels = (name: LevelName, ...values: readonly number[]) =>
  values.map((value) => ({ ...LEVEL, [name]: value }));

t.test('values are in rising order, each once', async (t) => {
  const axis = axisOf(['connections'], levels('connections', 100, 9, 100, 20));
  t.same(axis?.values, [9, 20, 100]);
});

t.test('the axis is what has most levels, of equal ones the first', async (t) => {
  const both = [10, 20].flatMap((connections) =>
    [0, 5, 9].map((idle) => ({ ...LEVEL, connections, idle })),
  );
  t.equal(axisOf(['connections', 'idle'], both)?.name, 'idle');
  const square = both.filter(({ idle }) => idle < 9);
  t.equal(axisOf(['connections', 'idle'], square)?.name, 'connections');
  t.equal(axisOf([], both), null, 'nothing varies');
});

t.test('levels that are far apart are on a logarithm, from 0 on a symmetric one', async (t) => {
  const scale = (...values: readonly number[]) =>
    axisOf(['idle'], levels('idle', ...values))?.scale;
  t.equal(scale(10, 59), 'linear');
  t.equal(scale(10, 60), 'log');
  t.equal(scale(1, 10, 100, 1000), 'log');
  t.equal(scale(0, 10), 'linear', 'there is but one step');
  t.equal(scale(0, 10, 11), 'symlog');
  t.equal(scale(7), 'linear');
  t.equal(scale(0), 'linear');
});

t.test('a level in words has the values of the given names', async (t) => {
  const level = { connections: 1, idle: 1200, rate: 50_000, bytes: 1 };
  t.equal(inWords(level, ['connections']), '1 connection');
  t.equal(inWords(level, ['connections', 'idle']), '1 connection, 1,200 idle connections');
  t.equal(inWords(level, ['rate', 'bytes']), '50,000 messages/s, 1 byte');
  t.equal(inWords(level, []), '');
});
