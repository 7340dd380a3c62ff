import { PassThrough } from 'node:stream';
import t from 'tap';
import type { Cell } from '../../../../bench/plan/plan.js';
import { showProgress } from '../../../../bench/report/terminal/progress.js';
import { loadNames } from '../../../../bench/report/text/cell-name.js';
import { namesOf } from '../../../../bench/report/text/server-name.js';
import { bulk } from '../../../../bench/services/bulk/bulk.js';
import { cellOf, recordOf } from '../../../support/cells.js';

const servers = ['cmd:/old/server {port}', 'cmd:/new/server {port}'];

const CELLS = servers.map((server) => cellOf({ servers: [server] }));

async function linesIn(trials: number | null, cells: readonly Cell[] = CELLS): Promise<string> {
  const stream = new PassThrough();
  const progress = await showProgress(
    trials,
    { nameOf: namesOf(servers), loadOf: loadNames(cells) },
    stream as unknown as NodeJS.WriteStream,
  );
  for (const [i, cell] of cells.entries()) progress.ended(recordOf(cell, { trial: i + 1 }));
  progress.close();
  return String(stream.read());
}

t.test('a pipe gets one line per trial, and programs have distinct names', async (t) => {
  t.match(
    await linesIn(2),
    /^trial 1\/2 {2}cmd:server \(old\) at 10 {2}[^\n]*\ntrial 2\/2 {2}cmd:server \(new\) at 10 {2}[^\n]*\n$/,
  );
});

t.test('the number of trials is omitted if it depends on the results', async (t) => {
  t.match(await linesIn(null), /^trial 1 {2}/);
});

t.test('factors of the service that vary are named', async (t) => {
  const loads = bulk.loads({ op: ['get', 'put'], size: [1000] });
  const cells = loads.map((load) => cellOf({ service: 'bulk', loads: [load] }));
  const lines = (await linesIn(2, cells)).split('\n');
  t.match(lines[0], /^trial 1\/2 {2}epoll at 10 × get {2}/);
  t.match(lines[1], /^trial 2\/2 {2}epoll at 10 × put {2}/);
});
