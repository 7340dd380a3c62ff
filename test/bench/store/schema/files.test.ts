/** The JSON Schemas of a run's files: as shipped, and checked against the files of a real run. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { lastRecords } from '../../../../bench/store/records.js';
import { FILE_SCHEMAS, jsonSchema } from '../../../../bench/store/schema/files.js';
import { c10k } from '../../../support/command.js';

const root = fileURLToPath(new URL('../../../../..', import.meta.url));
const names = Object.keys(FILE_SCHEMAS) as (keyof typeof FILE_SCHEMAS)[];

for (const name of names)
  t.test(`schema/${name} is up to date; node scripts/schema.mjs writes it`, async (t) => {
    t.equal(await readFile(join(root, 'schema', name), 'utf8'), jsonSchema(name));
  });

async function runIn(path: string, ...options: readonly string[]): Promise<string> {
  const output = join(path, 'run');
  const load = ['--conns', '2', '--trials', '1', '--output', output, '--quiet'];
  await c10k(path, ...load, ...options);
  return output;
}

/** A run that ends after a number of messages. */
const finished = await runIn(t.testdir(), '--repeat', '2');

/** A copy of the run, to be damaged. */
async function copyIn(path: string): Promise<string> {
  const copy = join(path, 'run');
  await cp(finished, copy, { recursive: true });
  return copy;
}

async function linesOf(path: string): Promise<readonly string[]> {
  return (await readFile(path, 'utf8')).trimEnd().split('\n');
}

for (const [what, made] of [
  ['a number of messages', copyIn],
  ['a duration', (path) => runIn(path, '--duration', '100ms')],
  ['an open loop', (path) => runIn(path, '--rate', '100', '--duration', '100ms')],
] as const satisfies [string, (path: string) => Promise<string>][])
  t.test(`every field of a run by ${what} is in its schema`, async (t) => {
    const output = await made(t.testdir());
    // Fields that a schema doesn't know are missing from its parsed result.
    const check = (name: keyof typeof FILE_SCHEMAS, text: string) => {
      const value = JSON.parse(text);
      t.strictSame(FILE_SCHEMAS[name].parse(value), value, name);
      return value;
    };
    const { id } = check('run.schema.json', await readFile(join(output, 'run.json'), 'utf8'));
    check('summary.schema.json', await readFile(join(output, 'summary.json'), 'utf8'));
    check('verdicts.schema.json', await readFile(join(output, 'verdicts.json'), 'utf8'));
    for (const line of await linesOf(join(output, 'trials.jsonl')))
      t.equal(check('trial.schema.json', line).run, id, 'a record has the id of its run');
  });

t.test('a malformed or foreign line is reported with its field', async (t) => {
  const output = await copyIn(t.testdir());
  const path = join(output, 'trials.jsonl');
  const [first = '', ...rest] = await linesOf(path);
  const record = JSON.parse(first);
  const refused = async (changed: unknown, message: RegExp) => {
    await writeFile(path, `${[JSON.stringify(changed), ...rest].join('\n')}\n`);
    await t.rejects(lastRecords(path, record.run), { message });
  };
  await refused({ ...record, run: 'other' }, /trials\.jsonl, line 1: not a record.*\(run: other/);
  await refused({ ...record, trial: '1' }, /line 1: not a record.*\(trial: /);
  const measurement = { ...record.measurement, latency: { p50: 1 } };
  await refused({ ...record, measurement }, /line 1: not a record.*\(measurement\.latency\.p90: /);
  await refused([], /line 1: not a record/);
});

t.test('a malformed run.json is reported with its field', async (t) => {
  const path = t.testdir();
  const output = await copyIn(path);
  const file = join(output, 'run.json');
  const header = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...header, startedAt: 'now' }));
  const { code, stderr } = await c10k(path, 'report', output);
  t.equal(code, 2);
  t.match(stderr, /^c10k: report [^\n]*run\.json, startedAt: [^\n]*\n$/);
});
