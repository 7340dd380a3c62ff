import { appendFile, cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { readRun } from '../../../bench/store/read-run.js';
import { c10k } from '../../support/command.js';

/** Two trials, and two of the control. */
const finished = join(t.testdir(), 'run');
const load = ['--conns', '5', '--repeat', '3', '--trials', '2', '--quiet'];
await c10k(t.testdirName, ...load, '--output', finished);

/** A copy of the run, to be damaged. */
async function copyIn(path: string): Promise<string> {
  const copy = join(path, 'run');
  await cp(finished, copy, { recursive: true });
  return copy;
}

t.test('a run ends with its report, and report reproduces it from copied files', async (t) => {
  const path = t.testdir();
  const copy = await copyIn(path);
  await writeFile(join(copy, 'report.html'), 'an older one');
  const { code, stdout } = await c10k(path, 'report', copy);
  t.equal(code, 0);
  t.match(stdout, 'report.html');
  const graphs = (await readdir(join(finished, 'graphs'))).map((name) => join('graphs', name));
  for (const name of ['report.html', 'report.md', ...graphs])
    t.equal(
      await readFile(join(copy, name), 'utf8'),
      await readFile(join(finished, name), 'utf8'),
      name,
    );
});

t.test('records are read back unchanged, except for a truncated line', async (t) => {
  const output = await copyIn(t.testdir());
  const before = await readRun(output);
  t.equal(before.records.length, 4);
  t.equal(before.details.get(1)?.connectionsWithMean, 5);
  await appendFile(join(output, 'trials.jsonl'), '{"trial":5,"blo');
  t.same((await readRun(output)).records, before.records);
});

t.test('a malformed line among others is an error that names it', async (t) => {
  const output = await copyIn(t.testdir());
  await appendFile(join(output, 'trials.jsonl'), '{"trial":5,"blo\n{}\n');
  await t.rejects(readRun(output), /trials\.jsonl, line 5: not a record/);
});

t.test('a directory without a run is refused with one line', async (t) => {
  const path = t.testdir({ other: { 'run.json': '{"name":"else"}' } });
  for (const directory of [path, join(path, 'missing'), join(path, 'other')]) {
    const { code, stderr } = await c10k(path, 'report', directory);
    t.equal(code, 2);
    t.match(stderr, /^c10k: [^\n]*run\.json[^\n]*\n$/);
  }
});
