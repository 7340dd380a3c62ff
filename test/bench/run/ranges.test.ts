import t from 'tap';
import { impossible } from '../../../bench/run/ranges.js';
import { cellOf, measurementOf } from '../../support/cells.js';

t.test('a usual trial has no impossible figure', async (t) => {
  t.same(impossible(cellOf(), measurementOf()), []);
});

t.test('unknown figures are possible', async (t) => {
  t.same(impossible(cellOf(), measurementOf({ efficiency: null, serverCpu: null })), []);
});

t.test('CPU time that went backwards is found out', async (t) => {
  const serverCpu = {
    ...{ userS: -0.1, systemS: -0.07, busy: -0.17 },
    ...{ voluntarySwitches: 0, involuntarySwitches: 0 },
  };
  const found = impossible(cellOf(), measurementOf({ efficiency: -28_947, serverCpu }));
  t.match(found, [
    /requests per server-CPU-second can't be -28950/,
    /user time can't be -0\.1/,
    /system time can't be -0\.07/,
    /share of its CPUs can't be -0\.17/,
  ]);
});

t.test('nobody uses more CPUs than it may run on', async (t) => {
  const { serverCpu, clientCpu } = measurementOf();
  const busy = measurementOf({
    serverCpu: serverCpu && { ...serverCpu, busy: 1.2 },
    clientCpu: { ...clientCpu, busy: 1.01 },
  });
  t.match(impossible(cellOf({ serverCpus: [0] }), busy), [/1\.2: possible are 0 to 1\.02/]);
  t.same(impossible(cellOf({ serverCpus: [0, 1] }), busy), []);
});
