import t from 'tap';
import * as judgement from '../../../../bench/report/text/judgement.js';
import { echoWording } from '../../../../bench/services/echo/wording.js';
import type { Breach, Cause, Condition } from '../../../../bench/statistics/service-level.js';

const condition: Condition = { text: 'p99<5ms', metric: 'p99', sign: '<', bound: 5000 };

const breachInWords = (breach: Breach) => judgement.breachInWords(breach, echoWording);
const causeInWords = (cause: Cause) => judgement.causeInWords(cause, echoWording);

t.test('each breach names its figures', async (t) => {
  const said = [
    breachInWords({ kind: 'starved', starved: 7, connections: 1000 }),
    breachInWords({ kind: 'condition', condition, isKnown: true }),
    breachInWords({ kind: 'condition', condition, isKnown: false }),
    breachInWords({ kind: 'schedule', achievedRatio: 0.9 }),
    breachInWords({ kind: 'efficiency', loss: 0.4, controlLoss: -0.05 }),
    breachInWords({ kind: 'efficiency', loss: 0.4, controlLoss: null }),
    breachInWords({
      kind: 'connections failed',
      figures: { of: 'server', failure: 'reset', connections: 3 },
    }),
  ];
  t.match(said, [
    /^7 of 1,000 connections/,
    /^p99<5ms is not met$/,
    /^p99<5ms can't be checked/,
    /90\.0 %/,
    /fell by 40\.0 % \(the baseline's rose by 5\.0 %\)$/,
    /fell by 40\.0 %$/,
    /^3 connections failed: reset$/,
  ]);
});

t.test('each cause names the exhausted resource', async (t) => {
  t.match(causeInWords({ kind: 'no port' }), /ports/);
  t.match(causeInWords({ kind: 'no descriptor' }), /descriptors/);
  t.match(causeInWords({ kind: 'server CPU', cpus: 1 }), /CPU is saturated/);
  t.match(causeInWords({ kind: 'server CPU', cpus: 2 }), /CPUs are saturated/);
  t.match(
    causeInWords({ kind: 'waiting in the accept queue', figures: { served: 8, waiting: 92 } }),
    /8 connections served at a time; 92 waited/,
  );
});
