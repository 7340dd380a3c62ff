/** Which cells of two runs are the same, and which of their settings differ. */
import t from 'tap';
import type { Cell } from '../../../bench/plan/cell.js';
import { inEffect, isSameCell, settingsThatDiffer } from '../../../bench/plan/comparable.js';
import { readTcpSettings } from '../../../lib/system/tcp-settings.js';
import { cellOf } from '../../support/cells.js';

const cell = cellOf();

/** Another value for each field of a cell, and whether the field identifies the cell or is a setting. */
const OTHERS: { readonly [Name in keyof Cell]: readonly [Cell[Name], 'cell' | 'setting' | null] } =
  {
    server: ['poll', 'cell'],
    service: ['other', 'cell'],
    workers: [2, 'cell'],
    connections: [11, 'cell'],
    idle: [1, 'cell'],
    rate: [5, 'cell'],
    factors: [{ bytes: 6 }, 'cell'],
    number: [7, null],
    port: [9, null],
    skipped: [{ kind: 'io_uring missing' }, null],
    arrival: ['poisson', 'setting'],
    hosts: [2, 'setting'],
    processes: [2, 'setting'],
    loops: [2, 'setting'],
    repeat: [1, 'setting'],
    start: ['immediate', 'setting'],
    durationNs: [5, 'setting'],
    warmupNs: [5, 'setting'],
    slices: ['on', 'setting'],
    control: ['poll', 'setting'],
    perConnection: [1, 'setting'],
    retries: [1, 'setting'],
    timeoutNs: [1, 'setting'],
    stallNs: [1, 'setting'],
    capNs: [1e9, 'setting'],
    lifetime: [{ kind: 'fixed', ns: 1 }, 'setting'],
    servedAs: ['bulk', 'setting'],
    serviceOptions: [{ source: 'file' }, 'setting'],
    protocolOptions: [{ text: 'hallo' }, 'setting'],
    besideOptions: [{ op: 'list' }, 'setting'],
    exchangeBytes: [6, 'setting'],
    clientProcesses: [2, 'setting'],
    clientThreads: [2, 'setting'],
    serverCpus: [[1], 'setting'],
    clientCpus: [[2], 'setting'],
    host: ['127.0.0.2', 'setting'],
    backlog: [1, 'setting'],
    accept: ['reuseport', 'setting'],
    congestion: ['reno', 'setting'],
    uninterrupted: [null, 'setting'],
  };

t.test('each field of a cell identifies the cell, is a setting, or is ignored', async (t) => {
  t.same(Object.keys(cell).toSorted(), Object.keys(OTHERS).toSorted());
  for (const [name, [value, kind]] of Object.entries(OTHERS)) {
    const other = { ...cell, [name]: value } as Cell;
    t.equal(isSameCell(cell, other), kind !== 'cell', name);
    t.equal(settingsThatDiffer(cell, other).length, kind === 'setting' ? 1 : 0, name);
  }
});

t.test('a cell read from its file has the same settings', async (t) => {
  t.same(settingsThatDiffer(cell, JSON.parse(JSON.stringify(cell))), []);
});

t.test('the system’s congestion control equals the same one set explicitly', async (t) => {
  const tcp = { ...readTcpSettings(), congestionControl: 'cubic' };
  const set = { ...cell, congestion: 'cubic' };
  t.same(settingsThatDiffer(inEffect(cell, { tcp }), inEffect(set, { tcp })), []);
  const other = { tcp: { ...tcp, congestionControl: 'reno' } };
  t.same(settingsThatDiffer(inEffect(cell, { tcp }), inEffect(cell, other)), [
    '--congestion: cubic against reno',
  ]);
  t.same(settingsThatDiffer(inEffect(set, { tcp }), inEffect(set, other)), []);
});

t.test('other settings are named by their options', async (t) => {
  const change = {
    durationNs: 5e6,
    serverCpus: [1],
    control: 'poll',
    slices: 'on',
    congestion: 'reno',
  } as const;
  t.same(settingsThatDiffer(cell, { ...cell, ...change }), [
    '--duration: 0ms against 5ms',
    '--slices: off against on',
    '--control: control against poll',
    '--server-cpus: [0] against [1]',
    "--congestion: the system's against reno",
  ]);
});

t.test('an option is named once if two of its settings differ in the same way', async (t) => {
  t.same(settingsThatDiffer(cell, { ...cell, processes: 2, hosts: 2 }), [
    '--server-processes: 1 against 2',
  ]);
});
