import t from 'tap';
import { serviceLevel } from '../../../bench/commands/options/conditions.js';
import type { Note, Problem } from '../../../bench/facts.js';
import { judgeLevel } from '../../../bench/statistics/service-level.js';
import { type Row, summarize } from '../../../bench/statistics/summarize.js';
import { cellOf, FIXED, latencies, measurementOf, recordOf, rolesOf } from '../../support/cells.js';

const FAILED: Problem = {
  kind: 'connections failed',
  figures: { of: 'server', failure: 'reset', connections: 3 },
};

function rowOf(change: Parameters<typeof measurementOf>[0], notes: readonly Note[] = []): Row {
  const cell = cellOf();
  const failed = (change?.failures ?? 0) > 0;
  const problems: Problem[] = failed ? [FAILED] : [];
  const verdict = { valid: !failed, clientBound: false, problems, notes };
  const record = recordOf(cell, { measurement: measurementOf(change), verdict });
  const [row] = summarize({ cells: [cell], controls: [], ...FIXED }, [record]);
  if (!row) throw new Error('no row');
  return row;
}

t.test('without conditions, a failure or a loss of efficiency breaks the level', async (t) => {
  const best = rowOf({ efficiency: 100 });
  t.equal(judgeLevel(rowOf({ efficiency: 80 }), [], [best]).breach, null);
  t.match(judgeLevel(rowOf({ efficiency: 60 }), [], [best]), {
    breach: { kind: 'efficiency', loss: 0.4, controlLoss: null },
  });
  t.match(judgeLevel(rowOf({ failures: 3, failuresByKind: { reset: 3 } }), [], [best]), {
    breach: FAILED,
  });
});

t.test('conditions replace the default criteria', async (t) => {
  const slow = rowOf({ latency: latencies(60_000_000), efficiency: 1 });
  const conditions = serviceLevel('p99<50ms, failures=0');
  t.match(judgeLevel(slow, conditions, []), {
    breach: { kind: 'condition', condition: { text: 'p99<50ms' }, isKnown: true },
  });
  t.equal(judgeLevel(rowOf({ latency: latencies(40_000_000) }), conditions, []).breach, null);
});

t.test('the cause is derived from the counters', async (t) => {
  const conditions = serviceLevel('throughput>1e9');
  const overflow: Note = { kind: 'accept queue overflowed', figures: { times: 7 } };
  const failed = { failures: 3, failuresByKind: { 'timed out': 3 } };
  t.same(judgeLevel(rowOf(failed, [overflow]), conditions, []).cause, overflow);
  t.equal(
    judgeLevel(rowOf({}, [overflow]), conditions, []).cause,
    null,
    'established connections are not affected',
  );
  const cpu = {
    userS: 1,
    systemS: 1,
    busy: 0.99,
    voluntarySwitches: 0,
    involuntarySwitches: 0,
  };
  t.same(judgeLevel(rowOf({ roles: rolesOf({ cpu }) }), conditions, []).cause, {
    kind: 'server CPU',
    cpus: 1,
  });
  const ports = rowOf({ failures: 3, failuresByKind: { 'no port': 3 } });
  t.same(judgeLevel(ports, conditions, []).cause, { kind: 'no port' });
});

t.test('an open loop is judged by its schedule, not by its loss of efficiency', async (t) => {
  const at = (sent: number, efficiency: number) => {
    const cell = cellOf({ rates: [1000] });
    const openLoop = {
      serviceTime: latencies(1000),
      asked: 1000,
      achieved: sent,
      scheduled: 1000,
      sent,
      late: 0,
      dropped: 1000 - sent,
    };
    const requests = { window: sent, total: sent, wanted: sent };
    const measurement = measurementOf({ requests, openLoop, efficiency });
    const [row] = summarize({ cells: [cell], controls: [], ...FIXED }, [
      recordOf(cell, { measurement }),
    ]);
    if (!row) throw new Error('no row');
    return row;
  };
  t.equal(judgeLevel(at(960, 10), [], [at(1000, 100)]).breach, null);
  t.match(judgeLevel(at(900, 100), [], []), {
    breach: { kind: 'schedule', achievedRatio: 0.9 },
  });
  t.match(judgeLevel(at(960, 10), serviceLevel('achieved-ratio>0.99'), []), {
    breach: { kind: 'condition', condition: { text: 'achieved-ratio>0.99' }, isKnown: true },
  });
});

t.test('a connection that is never answered breaks a level, whatever the conditions', async (t) => {
  const starved = rowOf({ starved: 7 });
  for (const conditions of [[], serviceLevel('p99<1s')])
    t.match(judgeLevel(starved, conditions, []), {
      breach: { kind: 'starved', starved: 7, connections: 10 },
    });
});

t.test('a condition on an unknown figure is not met', async (t) => {
  const judgement = judgeLevel(rowOf({}), serviceLevel('to-control>0.5'), []);
  t.match(judgement, { breach: { kind: 'condition', isKnown: false } });
});

t.test('an unknown efficiency is not a loss', async (t) => {
  const unknown = rowOf({ efficiency: null });
  t.equal(judgeLevel(unknown, [], [rowOf({ efficiency: 100 })]).breach, null);
});

t.test('a CPU is saturated only if the server could not use another one', async (t) => {
  const conditions = serviceLevel('throughput>1e9');
  const row = rowOf({});
  const with2 = { ...row, cpu: { ...row.cpu, serverBusy: 1.1, serverUsable: 2 } };
  t.equal(judgeLevel(with2, conditions, []).cause, null);
  const full = { ...row, cpu: { ...row.cpu, serverBusy: 1.96, serverUsable: 2 } };
  t.same(judgeLevel(full, conditions, []).cause, { kind: 'server CPU', cpus: 2 });
});

t.test('a skipped level is broken by the reason for skipping it', async (t) => {
  const obstacle = { kind: 'io_uring missing' } as const;
  const row = { ...rowOf({}), skipped: obstacle };
  t.same(judgeLevel(row, [], []), {
    breach: { kind: 'not possible', obstacle },
    cause: null,
  });
});
