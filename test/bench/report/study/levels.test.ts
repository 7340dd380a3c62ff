/** Factors that vary besides the server: the one on the axis, and its levels in words. */

import t from 'tap';
import { axesOf, axisOf, inOrder, inWords } from '../../../../bench/report/study/levels.js';
import { factorsOf } from '../../../../bench/services/registry.js';

const LEVEL = { connections: 10, idle: 0, rate: 0, factors: { bytes: 5 } };

const factors = (...names: readonly string[]) =>
  factorsOf('echo').filter(({ name }) => names.includes(name));

const levels = (name: 'connections' | 'idle', ...values: readonly number[]) =>
  values.map((value) => ({ ...LEVEL, [name]: value }));

t.test('values are in ascending order, without duplicates', async (t) => {
  const axis = axisOf(factors('connections'), levels('connections', 100, 9, 100, 20));
  t.same(axis?.values, [9, 20, 100]);
});

t.test('the axis is the factor with the most levels; on a tie, the first one', async (t) => {
  const both = [10, 20].flatMap((connections) =>
    [0, 5, 9].map((idle) => ({ ...LEVEL, connections, idle })),
  );
  t.equal(axisOf(factors('connections', 'idle'), both)?.name, 'idle');
  const square = both.filter(({ idle }) => idle < 9);
  t.equal(axisOf(factors('connections', 'idle'), square)?.name, 'connections');
  t.equal(axisOf([], both), null, 'nothing varies');
  t.same(
    axesOf(factors('connections', 'idle'), both).map(({ name }) => name),
    ['idle', 'connections'],
  );
});

t.test('levels far apart have a logarithmic axis, a symmetric one if 0 is included', async (t) => {
  const scale = (...values: readonly number[]) =>
    axisOf(factors('idle'), levels('idle', ...values))?.scale;
  t.equal(scale(10, 59), 'linear');
  t.equal(scale(10, 60), 'log');
  t.equal(scale(1, 10, 100, 1000), 'log');
  t.equal(scale(0, 10), 'linear', 'there is only one step');
  t.equal(scale(0, 10, 11), 'symlog');
  t.equal(scale(7), 'linear');
  t.equal(scale(0), 'linear');
});

t.test('a level in words has the values of the given factors', async (t) => {
  const level = { connections: 1, idle: 1200, rate: 50_000, factors: { bytes: 1 } };
  t.equal(inWords(level, factors('connections')), '1 connection');
  t.equal(inWords(level, factors('connections', 'idle')), '1 connection, 1,200 idle connections');
  t.equal(inWords(level, factors('rate', 'bytes')), '50,000 messages/s, 1 byte');
  t.equal(inWords(level, []), '');
  const put = { ...level, factors: { operation: 'put', size: 1000 } };
  t.equal(
    inWords(put, BULK.slice(-3)),
    'put, 1 kB',
    'without the factor that does not apply to it',
  );
});

const BULK = factorsOf('bulk');

const bulkLevel = (operation: string, size: number) => ({
  ...LEVEL,
  factors: { operation, size, source: 'memory' },
});

t.test('a factor with named values is never the axis, a numeric one next to it is', async (t) => {
  const some = ['get', 'put'].flatMap((operation) =>
    [1e3, 1e6].map((size) => bulkLevel(operation, size)),
  );
  const varying = BULK.filter(({ name }) => name === 'operation' || name === 'size');
  t.equal(axisOf(varying, some)?.name, 'size');
  t.equal(axisOf(varying.slice(0, 1), some), null);
  t.same(
    axesOf(varying, some).map(({ name }) => name),
    ['size'],
  );
});

t.test('levels are sorted by each factor: numbers ascending, names as they appear', async (t) => {
  const some = [bulkLevel('put', 9), bulkLevel('get', 10), bulkLevel('put', 2)];
  t.same(
    inOrder(some, BULK).map(({ factors }) => [factors.operation, factors.size]),
    [
      ['put', 2],
      ['put', 9],
      ['get', 10],
    ],
  );
});
