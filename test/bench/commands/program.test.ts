/** `cmd:` servers: any program, measured by the same client; wrong answers are detected. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { TrialRecord } from '../../../bench/record.js';
import { c10k } from '../../support/command.js';
import { HOST } from '../../support/host.js';

const LIAR = fileURLToPath(new URL('../../support/lying-program.js', import.meta.url));

t.jobs = 2;

function program(wrong: string): string {
  return `cmd:${process.execPath} ${LIAR} {host} {port} '${wrong}'`;
}

/** Measures programs that do something wrong; their records are in the same order. */
async function measure(directory: string, wrongs: readonly string[], ...others: readonly string[]) {
  const servers = wrongs.flatMap((wrong) => ['--server', program(wrong)]);
  const load = ['--conns', '5', '--repeat', '3', '--trials', '1', '--host', HOST, ...others];
  const ended = await c10k(directory, ...servers, ...load, '--output', 'out');
  const all = readFileSync(join(directory, 'out', 'trials.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TrialRecord);
  const records = wrongs.map((wrong) => all.find(({ server }) => server === program(wrong)));
  return { ...ended, records };
}

t.test('a trial of a correct program is valid, without a reconciliation', async (t) => {
  const { code, records } = await measure(t.testdir(), ['nothing']);
  const [record] = records;
  t.equal(code, 0);
  t.match(record, { verdict: { valid: true }, measurement: { reconciliation: null } });
  t.equal(record?.measurement?.requests.total, 15);
  t.ok((record?.measurement?.roles.server?.memory.pssBytes ?? 0) > 1e6, 'its memory is measured');
  t.equal(record?.measurement?.systemCallsPerRequest, null, 'its system calls are not counted');
});

/** What a program does wrong, and the failure that each connection ends with. */
const CAUGHT: Readonly<Record<string, string>> = {
  corrupts: 'corrupt',
  'loses a byte': 'corrupt',
  'ends early': 'short',
  resets: 'reset',
  'says too much': 'corrupt',
};

t.test('wrong answers of a program are failures of the matching kind', async (t) => {
  const { code, records } = await measure(t.testdir(), Object.keys(CAUGHT));
  t.equal(code, 3);
  Object.entries(CAUGHT).forEach(([wrong, kind], i) => {
    t.equal(records[i]?.verdict.valid, false, wrong);
    t.same(records[i]?.measurement?.failuresByKind, { [kind]: 5 }, wrong);
  });
});

// Measured separately, because on a slow machine such a short time-out could end other connections.
t.test('the connections of a program that never answers time out', async (t) => {
  const { code, records } = await measure(t.testdir(), ['says nothing'], '--timeout', '1s');
  t.equal(code, 3);
  t.equal(records[0]?.verdict.valid, false);
  t.same(records[0]?.measurement?.failuresByKind, { 'timed out': 5 });
});

t.test('a program that dies under load is a problem besides failed connections', async (t) => {
  const { code, records } = await measure(t.testdir(), ['dies']);
  t.equal(code, 3);
  t.match(records[0]?.verdict.problems[0], {
    kind: 'server process died',
    figures: { of: 'server', reason: /the program ended early \(exit code 9\)/ },
  });
});

t.test('a failure of the control makes the trial invalid and is named', async (t) => {
  const wrongs = {
    dies: /^the baseline: the program ended early \(exit code 9\)/,
    corrupts: /corrupt/,
  };
  for (const [wrong, problem] of Object.entries(wrongs)) {
    const load = ['--host', HOST, '--conns', '5', '--duration', '100ms', '--trials', '1'];
    const { code, stdout } = await c10k(t.testdir(), '--control', program(wrong), ...load);
    t.equal(code, 3, wrong);
    const lines = stdout.split('\n').filter((line) => line.startsWith('invalid'));
    t.match(lines[0]?.replace('invalid  epoll at 5: ', ''), problem);
    t.match(lines.join('\n'), /the baseline: .*connections? failed/);
  }
});

t.test('if a program ends before it listens, its standard error is shown', async (t) => {
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
