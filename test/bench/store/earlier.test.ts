import t from 'tap';
import { upgradedHeader, upgradedRecord } from '../../../bench/store/earlier.js';

t.test('sentences of a record become facts, and facts are unchanged', async (t) => {
  const fact = { kind: 'shared CPU', figures: {} };
  const record = { trial: 1, verdict: { problems: ['3 failed'], notes: [fact, 'a note'] } };
  t.match(upgradedRecord(record), {
    trial: 1,
    verdict: {
      problems: [{ kind: 'earlier', figures: { text: '3 failed' } }],
      notes: [fact, { kind: 'earlier', figures: { text: 'a note' } }],
    },
  });
});

t.test('refused requests are unknown if they were not counted', async (t) => {
  const before = { measurement: { counts: { requests: 5 } } };
  t.match(upgradedRecord(before), { measurement: { counts: { requests: 5, refused: null } } });
  const now = { measurement: { counts: { requests: 5, refused: 1 } } };
  t.match(upgradedRecord(structuredClone(now)), now);
  t.match(upgradedRecord({ measurement: { counts: null } }), { measurement: { counts: null } });
});

t.test('the file system of a storage is unknown if it was not recorded', async (t) => {
  t.same(upgradedRecord({ trial: 1 }), { trial: 1, fileSystem: null });
  t.same(upgradedRecord({ fileSystem: 'ext4' }), { fileSystem: 'ext4' });
});

const NOT_MEASURED = {
  ...{ transfers: null, clients: null, queueing: null, beside: null, wrongTransfers: null },
};

t.test('what was not recorded is unknown', async (t) => {
  t.match(upgradedRecord({ measurement: {} }), { measurement: NOT_MEASURED });
  const before = { measurement: { transfers: { server: null } } };
  const now = { measurement: { ...NOT_MEASURED, transfers: { server: null, parts: null } } };
  t.match(upgradedRecord(before), now);
  t.match(upgradedRecord(structuredClone(now)), now);
  t.match(upgradedRecord({ measurement: null }), { measurement: null });
});

t.test('the figures of a server with one role become those of the role', async (t) => {
  const before = {
    serverCpu: { userS: 1 },
    counts: null,
    memory: { serverPssBytes: 2, bytesPerConnection: 3, clientPssBytes: 4 },
    serverThreads: 5,
  };
  const roles = {
    server: {
      cpu: { userS: 1 },
      counts: null,
      memory: { pssBytes: 2, bytesPerConnection: 3 },
      threads: 5,
    },
  };
  t.match(upgradedRecord({ measurement: before }), {
    measurement: { roles, memory: { clientPssBytes: 4 } },
  });
  const now = { measurement: { roles, ...NOT_MEASURED } };
  t.match(upgradedRecord(structuredClone(now)), now);
});

t.test('the reason of a skipped cell becomes data, also for the control', async (t) => {
  const plan = { cells: [{ skipped: 'no room' }, { skipped: null }], controls: [{ skipped: 'x' }] };
  t.match(upgradedHeader({ plan }), {
    plan: {
      cells: [{ skipped: { kind: 'earlier', text: 'no room' } }, { skipped: null }],
      controls: [{ skipped: { kind: 'earlier', text: 'x' } }],
    },
  });
});

t.test('a cell without a congestion control has that of the system, and no cap', async (t) => {
  const cells = [{}, { congestion: 'reno' }];
  t.same(upgradedHeader({ plan: { cells, control: {} } }), {
    plan: {
      cells: [
        { congestion: null, capNs: 0, besideOptions: null, servedAs: null },
        { congestion: 'reno', capNs: 0, besideOptions: null, servedAs: null },
      ],
      controls: [{ congestion: null, capNs: 0, besideOptions: null, servedAs: null }],
    },
  });
});

t.test('the factor of a ramp gets its current name', async (t) => {
  t.match(upgradedHeader({ ramp: { raised: 'rate' } }), { ramp: { factor: 'rate' } });
  t.match(upgradedHeader({ ramp: { factor: 'size' } }), { ramp: { factor: 'size' } });
});

t.test('a condition on the share of messages kept becomes one on the achieved ratio', async (t) => {
  const ramp = { conditions: [{ metric: 'kept' }, { metric: 'p99' }] };
  t.match(upgradedHeader({ ramp }), {
    ramp: { conditions: [{ metric: 'achieved-ratio' }, { metric: 'p99' }] },
  });
});

t.test('the mean size of a message becomes a factor of a record', async (t) => {
  t.match(upgradedRecord({ bytes: 19 }), { factors: { bytes: 19 } });
});

t.test('the source of a bulk transfer gets its current name, and a put has none', async (t) => {
  const of = (operation: string) => ({
    factors: { operation, size: 1000, from: 'memory' },
    serviceOptions: { from: 'memory' },
  });
  const get = {
    factors: { operation: 'get', size: 1000, source: 'memory' },
    serviceOptions: { source: 'memory' },
  };
  const put = { factors: { operation: 'put', size: 1000 }, serviceOptions: {} };
  const cells = { plan: { cells: [of('get'), of('put')], control: null } };
  const known = { congestion: null, capNs: 0, besideOptions: null, servedAs: null };
  t.same(upgradedHeader(cells).plan.cells, [
    { ...get, ...known },
    { ...put, ...known },
  ]);
  t.match(upgradedRecord(of('get')), get);
  t.match(upgradedRecord(of('put')), put);
});

t.test('the message of a cell becomes the options of its protocol', async (t) => {
  const cells = [
    { message: { kind: 'text', text: 'x' }, bytes: 1 },
    { message: { kind: 'size', low: 1, high: 9 }, bytes: 5 },
  ];
  t.match(upgradedHeader({ plan: { cells, control: cells[0] } }), {
    plan: {
      cells: [
        { factors: { bytes: 1 }, serviceOptions: {}, protocolOptions: { text: 'x' } },
        { protocolOptions: { low: '1', high: '9' }, exchangeBytes: 5 },
      ],
      controls: [{ protocolOptions: { text: 'x' } }],
    },
  });
});

t.test('a value that is not a record is left to schema validation', async (t) => {
  for (const value of [null, 5, [], {}, { verdict: null }, { plan: { cells: 3 } }]) {
    t.match(upgradedRecord(structuredClone(value)), value);
    t.same(upgradedHeader(structuredClone(value)), value);
  }
});
