/** `cmd:` servers: any program under the same client, caught when it lies. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { TrialRecord } from '../../../bench/record.js';
import { c10k } from '../../support/command.js';
import { HOST } from '../../support/host.js';

const LIAR = fileURLToPath(new URL('../../support/lying-program.js', import.meta.url));

t.jobs = 2;

async function under(directory: string, wrong: string, ...others: readonly string[]) {
  const program = `cmd:${process.execPath} ${LIAR} {host} {port} '${wrong}'`;
  const load = ['--conns', '5', '--repeat', '3', '--trials', '1', '--host', HOST, ...others];
  const ended = await c10k(directory, '--server', program, ...load, '--output', 'out');
  const record = readFileSync(join(directory, 'out', 'trials.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TrialRecord)
    .find(({ server }) => server === program);
  return { ...ended, record };
}

t.test('an honest program is valid; there is nothing to reconcile', async (t) => {
  const { code, record } = await under(t.testdir(), 'nothing');
  t.equal(code, 0);
  t.match(record, { verdict: { valid: true }, measurement: { reconciliation: null } });
  t.equal(record?.measurement?.requests.total, 15);
  t.ok((record?.measurement?.memory.serverPssBytes ?? 0) > 1e6, 'its memory is known');
  t.equal(record?.measurement?.systemCallsPerRequest, null, 'its system calls are not');
});

/** A time-out is awaited where nothing else can come; elsewhere a slow machine must not bring it about. */
const CAUGHT: readonly (readonly [wrong: string, kind: string, ...others: string[]])[] = [
  ['corrupts', 'corrupt'],
  ['loses a byte', 'corrupt'],
  ['says nothing', 'timed out', '--timeout', '1s'],
  ['ends early', 'short'],
  ['resets', 'reset'],
  ['says too much', 'corrupt'],
];

for (const [wrong, kind, ...others] of CAUGHT)
  t.test(`a program that ${wrong} is caught: ${kind}`, async (t) => {
    const { code, record } = await under(t.testdir(), wrong, ...others);
    t.equal(code, 3);
    t.equal(record?.verdict.valid, false);
    t.same(record?.measurement?.failuresByKind, { [kind]: 5 });
  });

t.test('a program that dies under the load is named, not its connections alone', async (t) => {
  const { code, record } = await under(t.testdir(), 'dies');
  t.equal(code, 3);
  t.match(record?.verdict.problems, [/the program ended early \(exit code 9\)/]);
});

t.test('a program that ends before it listens says why', async (t) => {
  const { code, stdout } = await c10k(
    t.testdir(),
    '--server',
    "cmd:echo 'no such module' >&2; exit 7; {port}",
    '--trials',
    '1',
  );
  t.equal(code, 3);
  t.match(stdout, /the program ended early \(exit code 7\): no such module/);
});
