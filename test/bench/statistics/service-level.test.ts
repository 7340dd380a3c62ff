import t from 'tap';
import { serviceLevel } from '../../../bench/commands/options/conditions.js';
import { judgeLevel } from '../../../bench/statistics/service-level.js';
import { type Row, summarize } from '../../../bench/statistics/summarize.js';
import { cellOf, FIXED, latencies, measurementOf, recordOf } from '../../support/cells.js';

function rowOf(change: Parameters<typeof measurementOf>[0], notes: string[] = []): Row {
  const cell = cellOf();
  const failed = (change?.failures ?? 0) > 0;
  const problems = failed ? ['3 connections failed: 3 reset'] : [];
  const verdict = { valid: !failed, clientBound: false, problems, inconclusive: false, notes };
  const record = recordOf(cell, { measurement: measurementOf(change), verdict });
  const [row] = summarize({ cells: [cell], control: null, ...FIXED }, [record]);
  if (!row) throw new Error('no row');
  return row;
}

t.test(
  'without conditions a failure breaks the level, and so does a fall of efficiency',
  async (t) => {
    const best = rowOf({ efficiency: 100 });
    t.equal(judgeLevel(rowOf({ efficiency: 80 }), [], [best]).holds, true);
    t.match(judgeLevel(rowOf({ efficiency: 60 }), [], [best]), {
      holds: false,
      broken: /fell by 40\.0 %/,
    });
    t.match(judgeLevel(rowOf({ failures: 3, failuresByKind: { reset: 3 } }), [], [best]), {
      holds: false,
      broken: /3 reset/,
    });
  },
);

t.test('conditions say what must hold', async (t) => {
  const slow = rowOf({ latency: latencies(60_000_000), efficiency: 1 });
  const conditions = serviceLevel('p99<50ms, failures=0');
  t.match(judgeLevel(slow, conditions, []), { holds: false, broken: 'p99<50ms is broken' });
  t.equal(judgeLevel(rowOf({ latency: latencies(40_000_000) }), conditions, []).holds, true);
});

t.test('the cause is what the counters show', async (t) => {
  const conditions = serviceLevel('throughput>1e9');
  const overflow = 'the accept queue overflowed 7 times: those SYNs were dropped';
  const failed = { failures: 3, failuresByKind: { 'timed out': 3 } };
  t.equal(judgeLevel(rowOf(failed, [overflow]), conditions, []).cause, overflow);
  t.equal(judgeLevel(rowOf({}, [overflow]), conditions, []).cause, '', 'it slows nobody who is in');
  const serverCpu = {
    userS: 1,
    systemS: 1,
    busy: 0.99,
    voluntarySwitches: 0,
    involuntarySwitches: 0,
  };
  t.match(judgeLevel(rowOf({ serverCpu }), conditions, []).cause, /server's CPU is saturated/);
  const ports = rowOf({ failures: 3, failuresByKind: { 'no port': 3 } });
  t.match(judgeLevel(ports, conditions, []).cause, /ran out of ports/);
});

t.test(
  'an open loop breaks when its schedule is not kept, however its efficiency falls',
  async (t) => {
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
      const [row] = summarize({ cells: [cell], control: null, ...FIXED }, [
        recordOf(cell, { measurement }),
      ]);
      if (!row) throw new Error('no row');
      return row;
    };
    t.equal(judgeLevel(at(960, 10), [], [at(1000, 100)]).holds, true);
    t.match(judgeLevel(at(900, 100), [], []), {
      holds: false,
      broken: 'only 90.0 % of the messages that were due were sent and answered',
    });
    t.match(judgeLevel(at(960, 10), serviceLevel('kept>0.99'), []), { broken: /kept>0.99/ });
  },
);

t.test('who is never answered breaks a level, whatever the conditions', async (t) => {
  const starved = rowOf({ starved: 7 });
  for (const conditions of [[], serviceLevel('p99<1s')])
    t.match(judgeLevel(starved, conditions, []), {
      holds: false,
      broken: '7 of 10 connections had no answer before the window was over',
    });
});

t.test('a condition on what is not known is not met', async (t) => {
  const judgement = judgeLevel(rowOf({}), serviceLevel('to-control>0.5'), []);
  t.match(judgement, { holds: false, broken: /to-control>0.5 can't be told/ });
});

t.test('an efficiency that is not known is no loss', async (t) => {
  const unknown = rowOf({ efficiency: null });
  t.equal(judgeLevel(unknown, [], [rowOf({ efficiency: 100 })]).holds, true);
});

t.test('a CPU is saturated only if the server could use no other', async (t) => {
  const conditions = serviceLevel('throughput>1e9');
  const row = rowOf({});
  const with2 = { ...row, cpu: { ...row.cpu, serverBusy: 1.1, serverUsable: 2 } };
  t.equal(judgeLevel(with2, conditions, []).cause, '');
  const full = { ...row, cpu: { ...row.cpu, serverBusy: 1.96, serverUsable: 2 } };
  t.match(judgeLevel(full, conditions, []).cause, /CPUs are saturated/);
});

t.test('a skipped level is broken by its reason', async (t) => {
  const row = { ...rowOf({}), skipped: 'an fd_set holds 1019' };
  t.match(judgeLevel(row, [], []), { holds: false, broken: /fd_set/, cause: '' });
});
