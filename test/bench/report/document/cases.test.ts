import t from 'tap';
import { testCases } from '../../../../bench/report/document/cases.js';
import { study } from '../../../../bench/report/study/study.js';
import { plain, type Section } from '../../../../bench/report/text/blocks.js';
import { storedRun } from '../../../support/stored.js';

const run = storedRun({
  servers: ['threads', 'epoll', 'poll', 'select'],
  connections: [1000, 1019, 2000],
  trials: 3,
});

function tablesOf({ blocks }: Section): string[][][] {
  return blocks.flatMap((block) =>
    block.kind === 'table' ? [block.rows.map(({ cells }) => cells.map(plain))] : [],
  );
}

t.test('a run without a preset has no test cases', async (t) => {
  t.same(await testCases(study(run)), []);
  t.same(await testCases(study({ ...run, preset: 'of-another-version' })), []);
});

const sections = await testCases(study({ ...run, preset: 'comp8005' }));
const [first, , , , , sixth] = sections as [Section, Section, Section, Section, Section, Section];

t.test('each test case has its parameters, its table and its graphs', async (t) => {
  t.equal(sections.length, 6);
  t.equal(first.title, 'Test case 1: 1,000 connections, threads against epoll');
  const [parameters = [], results = []] = tablesOf(first);
  t.match(parameters, [
    ['servers', 'threads and epoll'],
    ['connections', '1,000'],
    ['load', /messages? of \d+ bytes?, each after the echo of the previous one/],
    ['client', /process/],
    ['trials of each server', '3'],
  ]);
  t.same(
    results.map(([server]) => server),
    ['threads', 'epoll'],
    'without poll, which is not part of this test case',
  );
  t.same(
    first.blocks.flatMap((block) => (block.kind === 'figure' ? [block.id] : [])),
    ['case-1-efficiency', 'case-1-latency-percentiles'],
  );
});

t.test('a skipped cell is named', async (t) => {
  const table = sixth.blocks.filter((block) => block.kind === 'table')[1];
  t.match(table && plain(table.caption), /Missing: select at 2,000 connections \(skipped\)\./);
});

t.test('a test case without trials still lists its parameters', async (t) => {
  const [empty] = await testCases(study({ ...run, preset: 'comp8005', records: [] }));
  t.equal(empty && tablesOf(empty).length, 1);
});
