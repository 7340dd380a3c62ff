import t from 'tap';
import { prepare } from '../../../bench/experiment/prepare.js';
import { plan } from '../../../bench/plan/plan.js';
import { files } from '../../../bench/services/files/files.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

const LOADS = files.loads({
  op: ['upload', 'download', 'list'],
  size: [3000, 5000],
  wire: ['base64', 'raw'],
});
const { cells } = plan({ ...OPTIONS, service: files.name, loads: LOADS }, ROOMY);

async function linesFor(which: typeof cells, signal = new AbortController().signal) {
  const lines: string[] = [];
  await prepare(which, (line) => lines.push(line), signal);
  return lines;
}

t.test('each size that is made has one line', async (t) => {
  t.same(await linesFor(cells), [
    'content of 3 kB: made and verified',
    'content of 5 kB: made and verified',
  ]);
});

t.test('nothing is made for cells that are skipped', async (t) => {
  const skipped = { kind: 'earlier', text: 'why' } as const;
  t.same(await linesFor(cells.map((cell) => ({ ...cell, skipped }))), []);
  t.same(await linesFor([]), []);
});

t.test('a service that shares nothing has no line', async (t) => {
  t.same(await linesFor(plan(OPTIONS, ROOMY).cells), []);
});

t.test('what another service transfers in its place is not made', async (t) => {
  const loads = files.loads({ op: ['upload'], size: [6000], wire: ['bulk'] });
  t.same(await linesFor(plan({ ...OPTIONS, service: files.name, loads }, ROOMY).cells), []);
});

t.test('an abort ends it, without an error', async (t) => {
  const loads = files.loads({ op: ['download'], size: [7000, 9000] });
  const both = plan({ ...OPTIONS, service: files.name, loads }, ROOMY).cells;
  t.same(await linesFor(both, AbortSignal.abort()), [], 'before the first');
  const stop = new AbortController();
  const lines: string[] = [];
  const show = (line: string) => {
    lines.push(line);
    stop.abort();
  };
  await prepare(both, show, stop.signal);
  t.same(lines, ['content of 7 kB: made and verified'], 'after the first');
});
