import t from 'tap';
import type { Fact } from '../../../../bench/facts.js';
import { alike, sentences as sentencesOf } from '../../../../bench/report/text/facts.js';
import { echoWording } from '../../../../bench/services/echo/wording.js';

const sentences = (facts: readonly Fact[]) => sentencesOf(facts, echoWording);

function failed(connections: number, failure = 'reset', of: 'server' | 'control' = 'server'): Fact {
  return { kind: 'connections failed', figures: { of, failure, connections } };
}

t.test('facts of one kind become one sentence with the range of their figures', async (t) => {
  t.same(sentences([failed(8), failed(19), failed(12)]), ['8 to 19 connections failed: reset']);
  t.same(sentences([failed(1)]), ['1 connection failed: reset']);
  t.same(sentences([]), []);
});

t.test('facts that differ in a word become separate sentences', async (t) => {
  t.same(sentences([failed(2), failed(3, 'short'), failed(4, 'reset', 'control'), failed(5)]), [
    '2 to 5 connections failed: reset',
    '3 connections failed: short',
    'the baseline: 4 connections failed: reset',
  ]);
  t.equal(alike([failed(2), failed(3, 'short')]).size, 2);
});

t.test('figures have the digits that they need, and equal figures are not a range', async (t) => {
  const late = (ms: number): Fact => ({ kind: 'CPU time read late', figures: { ms } });
  t.match(sentences([late(3.04), late(3.01)]), [/ read 3\.0 ms late/]);
  t.match(sentences([late(3.04), late(12)]), [/ read 3\.0 to 12\.0 ms late/]);
});

t.test('a missing bound is infinity', async (t) => {
  const figures = { figure: 'memory', value: -1, low: Number.MIN_VALUE, high: null };
  t.same(sentences([{ kind: 'impossible figure', figures }]), [
    "memory can't be -1 (possible range: more than 0 to infinity)",
  ]);
});
