import t from 'tap';
import { impossible } from '../../../bench/run/ranges.js';
import { cellOf, measurementOf, roleOf, rolesOf } from '../../support/cells.js';

t.test('an ordinary trial has no impossible figure', async (t) => {
  t.same(impossible(cellOf(), measurementOf()), []);
});

t.test('unknown figures are not impossible', async (t) => {
  t.same(
    impossible(cellOf(), measurementOf({ efficiency: null, roles: rolesOf({ cpu: null }) })),
    [],
  );
});

t.test('an unknown efficiency is not impossible in a window without answers', async (t) => {
  t.same(impossible(cellOf(), measurementOf({ throughput: 0, efficiency: 0 })), []);
});

t.test('negative CPU time is impossible', async (t) => {
  const cpu = {
    ...{ userS: -0.1, systemS: -0.07, busy: -0.17 },
    ...{ voluntarySwitches: 0, involuntarySwitches: 0 },
  };
  const found = impossible(
    cellOf(),
    measurementOf({ efficiency: -28_947, roles: rolesOf({ cpu }) }),
  );
  t.match(
    found.map(({ figures }) => figures),
    [
      { figure: 'efficiency', value: -28_947, high: null },
      { figure: "the server's user time", value: -0.1 },
      { figure: "the server's system time", value: -0.07 },
      { figure: "the server's share of its CPUs", value: -0.17 },
    ],
  );
});

t.test('using more CPUs than allowed is impossible', async (t) => {
  const { clientCpu } = measurementOf();
  const { cpu } = roleOf();
  const busy = measurementOf({
    roles: rolesOf({ cpu: cpu && { ...cpu, busy: 1.2 } }),
    clientCpu: { ...clientCpu, busy: 1.01 },
  });
  t.match(impossible(cellOf({ serverCpus: [0] }), busy), [
    { kind: 'impossible figure', figures: { value: 1.2, low: 0, high: 1.02 } },
  ]);
  t.same(impossible(cellOf({ serverCpus: [0, 1] }), busy), []);
});
