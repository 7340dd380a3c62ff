import { PassThrough } from 'node:stream';
import t from 'tap';
import { showProgress } from '../../../../bench/report/terminal/progress.js';
import { namesOf } from '../../../../bench/report/text/server-name.js';
import { cellOf, recordOf } from '../../../support/cells.js';

const servers = ['cmd:/old/server {port}', 'cmd:/new/server {port}'];

async function linesIn(trials: number | null): Promise<string> {
  const stream = new PassThrough();
  const progress = await showProgress(
    trials,
    namesOf(servers),
    stream as unknown as NodeJS.WriteStream,
  );
  for (const [i, server] of servers.entries())
    progress.ended(recordOf(cellOf({ servers: [server] }), { trial: i + 1 }));
  progress.close();
  return String(stream.read());
}

t.test('a pipe gets one line per trial, and programs are told apart', async (t) => {
  t.match(
    await linesIn(2),
    /^trial 1\/2 {2}cmd:server \(old\) at 10 {2}[^\n]*\ntrial 2\/2 {2}cmd:server \(new\) at 10 {2}[^\n]*\n$/,
  );
});

t.test('the number of trials is left out if it depends on the results', async (t) => {
  t.match(await linesIn(null), /^trial 1 {2}/);
});
