/** A trial's transfers: recorded if they are large, and compared if the server keeps rows. */
import t from 'tap';
import type { Evidence } from '../../../bench/run/evidence.js';
import { transfersOf } from '../../../bench/run/transfers.js';
import { judge } from '../../../bench/run/verdict.js';
import { serviceNamed } from '../../../bench/services/registry.js';
import { cellOf, measurementOf } from '../../support/cells.js';
import { CLIENT_ROW, SERVER_ROW } from '../../support/rows.js';
import { CLIENT_TRANSFER, SERVER_TRANSFER } from '../../support/transfers.js';

const { name: service, loads } = serviceNamed('bulk');
const cellWith = (size: number) => cellOf({ service, loads: loads({ size: [size] }) });
const CELL = cellWith(1e6);

const LOAD = {
  rows: [CLIENT_ROW],
  transfers: { rows: [CLIENT_TRANSFER], unrecorded: 0 },
  service: [],
  response: [],
  windows: [],
};
const EVIDENCE: Evidence = {
  ...{ startedAt: new Date(0), marks: {}, load: LOAD },
  serverRows: [SERVER_ROW],
  serverTransfers: { rows: [SERVER_TRANSFER], unrecorded: 0 },
};

const judged = (evidence: Evidence) =>
  judge(CELL, evidence, measurementOf({ transfers: transfersOf(CELL, evidence, LOAD) }), null);

t.test('small transfers and other services are not recorded', async (t) => {
  t.equal(transfersOf(cellWith(999_999), EVIDENCE, LOAD), null);
  t.equal(transfersOf(cellOf(), EVIDENCE, LOAD), null);
});

t.test('the transfers of both sides are summed and compared', async (t) => {
  t.match(transfersOf(CELL, EVIDENCE, LOAD), {
    client: { transfers: 1, meanMs: 1.8 },
    server: { transfers: 1, meanMs: 1.25 },
    reconciliation: { compared: 1, mismatches: 0 },
  });
  t.strictSame(judged(EVIDENCE).problems, []);
});

t.test('only the client’s transfers are counted if the server keeps no rows', async (t) => {
  const { serverRows: _, ...without } = EVIDENCE;
  t.match(transfersOf(CELL, without, LOAD), {
    ...{ client: { transfers: 1 }, server: null, reconciliation: null },
  });
});

t.test('a difference between the sides makes the trial invalid', async (t) => {
  const rows = [{ ...SERVER_TRANSFER, bytes: 7 }];
  const verdict = judged({ ...EVIDENCE, serverTransfers: { rows, unrecorded: 0 } });
  t.notOk(verdict.valid);
  const example = '127.0.0.1:40000, 1: bytes, client 1000000, server 7';
  t.strictSame(verdict.problems, [
    { kind: 'transfers differ', figures: { transfers: 1, compared: 1, example } },
  ]);
});

t.test('transfers lost with a dead process or not recorded are noted', async (t) => {
  const nothing = { serverRows: [], serverTransfers: { rows: [], unrecorded: 0 } };
  const died = judged({ ...EVIDENCE, ...nothing, died: 'SIGKILL' });
  t.strictSame(
    died.notes.filter(({ kind }) => kind.startsWith('transfers')),
    [{ kind: 'transfers unknown', figures: { transfers: 1 } }],
  );
  const full = judged({ ...EVIDENCE, serverTransfers: { rows: [], unrecorded: 1 } });
  t.strictSame(
    full.notes.filter(({ kind }) => kind.startsWith('transfers')),
    [
      { kind: 'transfers unknown', figures: { transfers: 1 } },
      { kind: 'transfers not recorded', figures: { transfers: 1, side: 'server' } },
    ],
  );
});
