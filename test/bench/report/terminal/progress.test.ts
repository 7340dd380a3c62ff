import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
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

t.test('other lines are kept, in a pipe and above the lines that are redrawn', async (t) => {
  for (const isTTY of [false, true]) {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 80, rows: 24 });
    const progress = await showProgress(
      1,
      { nameOf: namesOf(servers), loadOf: loadNames(CELLS) },
      stream as unknown as NodeJS.WriteStream,
    );
    progress.show('prepared');
    progress.ended(recordOf(CELLS[0] as Cell, { trial: 1 }));
    progress.close();
    const lines = stripVTControlCharacters(String(stream.read())).split('\n');
    t.equal(lines[0], 'prepared');
    t.match(lines[1], /^trial 1\/1 {2}/);
  }
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
