import t from 'tap';
import { partsOfTime } from '../../../../bench/report/charts/parts-of-time.js';
import { toSvg } from '../../../../bench/report/charts/svg.js';
import { study } from '../../../../bench/report/study/study.js';
import { textsOf } from '../../../support/markup.js';
import { poolStudy } from '../../../support/pools.js';
import { columnsOf } from '../../../support/specs.js';
import { storedRun } from '../../../support/stored.js';

// A client waits 1 ms for each that has no worker; sending takes 1 ms, and answering no time.
const made = poolStudy();

t.test('each bar has the means of waiting, sending and answering, in µs', async (t) => {
  const rows = columnsOf(partsOfTime.spec(made), 'server', 'panel', 'part', 'value')
    .map((row) => row.join(' '))
    .filter((row) => row.startsWith('thread-pool 5 clients') || row.includes('5 connections'));
  t.ok(
    rows.some((row) => /^thread-pool 5 connections.* waiting 4000$/.test(row)),
    rows.join('\n'),
  );
  t.ok(rows.some((row) => /^thread-pool.×5 5 connections.* waiting 0$/.test(row)));
  t.ok(rows.every((row) => / (waiting \d+|sending 1000|answering 0)$/.test(row)));
});

t.test('it applies where both sides have rows of transfers', async (t) => {
  t.ok(partsOfTime.applies(made));
  t.notOk(partsOfTime.applies(study(storedRun({ trials: 1 }))));
});

t.test('it can be drawn', async (t) => {
  const svg = await toSvg(partsOfTime.id, partsOfTime.title(made), partsOfTime.spec(made));
  const texts = textsOf(svg, 'text');
  for (const name of ['waiting', 'sending', 'answering']) t.ok(texts.includes(name), name);
});
