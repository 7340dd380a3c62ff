import t from 'tap';
import { reportOn } from '../../../bench/report/document/document.js';
import { reportFiles } from '../../../bench/report/files.js';
import { study } from '../../../bench/report/study/study.js';
import { plain, type Report } from '../../../bench/report/text/blocks.js';
import { storedRun } from '../../support/stored.js';

type Run = ReturnType<typeof storedRun>;

async function reportOf(run: Run): Promise<Report> {
  return reportOn(study(run));
}

function textOf({ sections }: Report, id: string): string {
  const blocks = sections.find((section) => section.id === id)?.blocks ?? [];
  return blocks
    .map((block) => {
      if (block.kind === 'list')
        return block.items.map((i) => `${i.head}: ${plain(i.text)}`).join('\n');
      if (block.kind === 'table')
        return block.rows.map((r) => r.cells.map(plain).join(' | ')).join('\n');
      return block.kind === 'figure' ? plain(block.caption) : plain(block.text);
    })
    .join('\n');
}

/** A run in which every trial succeeded. */
const files = reportFiles(await reportOf(storedRun()));

t.test('the same files produce the same report, byte for byte', async (t) => {
  const once = files;
  const again = reportFiles(await reportOf(structuredCloneOf(storedRun())));
  t.same([...once.keys()], [...again.keys()]);
  for (const [name, content] of once) t.equal(again.get(name), content, name);
});

/** The run as read from its files: no object is shared. */
function structuredCloneOf(run: Run): Run {
  return structuredClone(run);
}

t.test('the report does not contain the path of the run', async (t) => {
  for (const [name, content] of files) t.notMatch(content, '/somewhere/else', name);
});

t.test('every graph has a file next to report.md, which refers to no other file', async (t) => {
  const named = [...(files.get('report.md') ?? '').matchAll(/\]\((graphs\/[^)]+)\)/g)];
  const written = [...files.keys()].filter((name) => name.startsWith('graphs/'));
  t.same(named.map(([, name]) => name).sort(), written.sort());
});

t.test('report.html needs no script and no network', async (t) => {
  const html = files.get('report.html') ?? '';
  t.notMatch(html, /<script|<link|<img|@import|url\((?!#)/);
  t.notMatch(html.replaceAll(/xmlns(:xlink)?="[^"]*"/g, ''), /https?:/);
  t.match(html, /@media screen and \(prefers-color-scheme: dark\)/);
});

t.test('ids in report.html are unique', async (t) => {
  const html = files.get('report.html') ?? '';
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  t.equal(new Set(ids).size, ids.length);
});

t.test('the verdict names the best server, the largest difference and the groups', async (t) => {
  const text = textOf(await reportOf(storedRun()), 'verdict');
  t.match(text, /^epoll needs the least server CPU time per request under each of the 2 loads\. /);
  t.match(
    text,
    /Largest significant difference at [\d,]+ connections: libuv needs [34]\.\d\d× \[[34]\.\d\d×, 4\.\d\d×\] the CPU time of epoll\./,
  );
  t.match(text, /poll \| b \| \d\d\.\dk \| 0\.6\d\d \[0\.6\d\d, 0\.6\d\d\] \| 5 of 5/);
  t.match(text, /poll \| 7\d\.\dk b \| 2\d\.\d ms b/);
});

t.test('with two blocks no server is ranked and no interval is mentioned', async (t) => {
  const text = textOf(await reportOf(storedRun({ trials: 2 })), 'verdict');
  t.match(text, /^No servers can be compared\. A comparison needs 3 blocks/);
  t.notMatch(text, /simultaneous|Largest|least/);
});

t.test('the report of a single server states its own results', async (t) => {
  const run = storedRun({ servers: ['epoll'], connections: [100], trials: 1 });
  const text = textOf(await reportOf(run), 'verdict');
  t.match(text, /epoll, 100 connections: \d+k requests per second in one trial/);
});

t.test('a report can be written for a run without valid trials', async (t) => {
  const broken = storedRun({}, (record) => ({
    ...record,
    measurement: null,
    error: 'it broke',
    verdict: {
      valid: false,
      clientBound: false,
      problems: [{ kind: 'broken off', figures: { reason: 'it broke' } }],

      notes: [],
    },
  }));
  const report = await reportOf(broken);
  t.match(textOf(report, 'verdict'), /No trial is valid/);
  t.match(textOf(report, 'threats'), /No figure/);
  t.ok(reportFiles(report).get('report.html'));
});

t.test('the report of an interrupted run states what is missing', async (t) => {
  const whole = storedRun();
  const report = await reportOf({ ...whole, records: whole.records.slice(0, 9) });
  t.match(textOf(report, 'threats'), /Incomplete: The run ended early/);
});

t.test('threats are specific to this run', async (t) => {
  const alone = textOf(await reportOf(storedRun({ trials: 1 })), 'threats');
  t.match(alone, /One trial: /);
  t.notMatch(alone, /Shared CPUs|Few blocks|Skipped/);
  const shared = textOf(await reportOf(storedRun({ clientCpus: [0] })), 'threats');
  t.match(shared, /Shared CPUs: /);
});
