/** The directory of a run: where it can be created, and what is read back from it. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t, { type Test } from 'tap';
import { plan } from '../../../bench/plan/plan.js';
import { summarize } from '../../../bench/statistics/summarize.js';
import {
  claimDirectory,
  createRunDirectory,
  defaultDirectory,
  readHeader,
  reopenRunDirectory,
} from '../../../bench/store/run-directory.js';
import { type RunHeader, SCHEMA } from '../../../bench/store/run-header.js';
import { readEnvironment } from '../../../lib/system/environment.js';
import { OPTIONS, ROOMY, recordOf, resultOf } from '../../support/cells.js';

const environment = readEnvironment();
const PLAN = plan({ ...OPTIONS, servers: ['epoll', 'control'] }, ROOMY);

const header = (): RunHeader => ({
  ...{ schema: SCHEMA, id: randomUUID(), name: 'echo', command: ['c10k'] },
  ...{ startedAt: '2026-01-02T03:04:05.678Z', options: { seed: 1 }, plan: PLAN, environment },
});

const result = (trial: number) =>
  resultOf(recordOf(PLAN.cells[0] as (typeof PLAN.cells)[number], { trial }));

t.test('the default directory has the time and command, and a number if it exists', (t) => {
  const before = process.cwd();
  t.teardown(() => process.chdir(before));
  const now = new Date('2026-01-02T03:04:05.678Z');
  const taken = { '2026-01-02T03-04-05Z-echo': {}, '2026-01-02T03-04-05Z-echo-2': {} };
  process.chdir(t.testdir({ results: taken }));
  t.equal(defaultDirectory('ramp', now), join('results', '2026-01-02T03-04-05Z-ramp'));
  t.equal(defaultDirectory('echo', now), join('results', '2026-01-02T03-04-05Z-echo-3'));
  t.end();
});

t.test('a directory is created with its parents, or reused if it is empty', async (t) => {
  const path = join(t.testdir(), 'a', 'b', 'c');
  await claimDirectory(path);
  await claimDirectory(path);
  t.same(readdirSync(path), []);
});

t.test('a directory that is not empty or cannot be created is refused with one line', async (t) => {
  const files = { empty: {}, run: { a: '', 'run.json': '' }, other: { b: '' }, file: '' };
  const root = t.testdir(files);
  const refused = (path: string, wrong: string, allowed: string) =>
    t.rejects(claimDirectory(path), {
      name: 'UsageError',
      message: `--output ${path}: ${wrong}; allowed: ${allowed}`,
    });
  const empty = 'a new or empty directory';
  await refused(join(root, 'run'), 'already contains a run (run.json)', empty);
  await refused(join(root, 'other'), 'already contains other files (b)', empty);
  await refused(join(root, 'file'), 'not a directory', empty);
  await refused(join(root, 'file', 'below'), 'not a directory', empty);
  // A recursive mkdir() would not terminate there.
  await refused(
    '/proc/none/such',
    'no such file or directory',
    'a directory in which files can be written',
  );
});

async function created(t: Test) {
  const path = join(t.testdir(), 'run');
  const own = header();
  const directory = await createRunDirectory(path, own);
  t.teardown(() => directory.release());
  return { path, directory, own };
}

t.test('a run is read back as it was started', async (t) => {
  const { path, own } = await created(t);
  t.same(readdirSync(path).sort(), ['run.json', 'trials', 'trials.jsonl']);
  const read = await readHeader('report', path);
  t.same(read, own);
  t.equal(read.plan.controls[0], read.plan.cells[1], 'the control is the cell object of the plan');
  const extra = { ...own, id: randomUUID(), plan: plan(OPTIONS, ROOMY) };
  const other = join(t.testdirName, 'other');
  (await createRunDirectory(other, extra)).release();
  t.same((await readHeader('report', other)).plan.controls, extra.plan.controls);
});

t.test('each trial is on disk after it has been appended', async (t) => {
  const { path, directory, own } = await created(t);
  const lines = () => readFileSync(join(path, 'trials.jsonl'), 'utf8').split('\n');
  await directory.append(result(1));
  t.match(JSON.parse(lines()[0] ?? ''), { run: own.id, trial: 1 });
  await directory.append(result(2));
  t.equal(lines().length, 3, 'two lines, each with a newline');
  t.ok(existsSync(join(path, 'trials', '2-epoll-10')));
});

t.test('a summary is written as JSON and as a table', async (t) => {
  const { path, directory } = await created(t);
  const rows = summarize(PLAN, []);
  await directory.writeSummary(rows);
  t.same(JSON.parse(readFileSync(join(path, 'summary.json'), 'utf8')), rows);
  t.equal(readFileSync(join(path, 'summary.csv'), 'utf8').trimEnd().split('\n').length, 3);
});

t.test('a header that is written again replaces the first', async (t) => {
  const { path, directory, own } = await created(t);
  await directory.writeHeader({ ...own, name: 'ramp' });
  t.equal((await readHeader('report', path)).name, 'ramp');
  t.notOk(existsSync(join(path, 'run.json.new')));
});

t.test('a run that ended is reopened, without its truncated record', async (t) => {
  const { path, directory, own } = await created(t);
  await directory.append(result(1));
  await t.rejects(reopenRunDirectory(path), { message: /still being measured/ });
  directory.release();
  writeFileSync(join(path, 'trials.jsonl'), '{"trial":2,', { flag: 'a' });
  const again = await reopenRunDirectory(path);
  t.match(again, { header: { id: own.id }, cut: true, records: [{ trial: 1 }] });
  await again.directory.append(result(2));
  again.directory.release();
  const last = await reopenRunDirectory(path);
  last.directory.release();
  t.match(last, { cut: false, records: [{ trial: 1 }, { trial: 2 }] });
});

t.test('a directory without a run, or with a run of another version, is refused', async (t) => {
  const root = t.testdir();
  const file = join(root, 'run.json');
  const refused = (what: string) =>
    t.rejects(readHeader('--resume', root), {
      name: 'UsageError',
      message: `--resume ${root}: ${what}`,
    });
  await refused('contains no run; allowed: a directory with a run.json');
  const written = 'allowed: a file as written by c10k';
  for (const [text, what] of [
    ['{', `run.json is not JSON; ${written}`],
    ['null', `run.json is not JSON; ${written}`],
    ['[]', 'run.json has schema unknown; allowed: 3 or 4'],
    ['5', 'run.json has schema unknown; allowed: 3 or 4'],
    ['{"schema":2}', 'run.json has schema 2; allowed: 3 or 4'],
  ] as const) {
    writeFileSync(file, text);
    await refused(what);
  }
  const damaged = JSON.parse(JSON.stringify(header()));
  damaged.plan.cells[0].connections = '10';
  writeFileSync(file, JSON.stringify(damaged));
  await t.rejects(readHeader('report', root), {
    message: new RegExp(
      `^report ${resolve(root)}: run\\.json, plan\\.cells\\.0\\.connections: .*; ${written}$`,
    ),
  });
});
