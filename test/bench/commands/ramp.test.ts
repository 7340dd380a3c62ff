/** `ramp`: the highest level that a server holds, and what breaks the next: printed, in JSON, files and report. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import type { Plan } from '../../../bench/plan/plan.js';
import type { TrialRecord } from '../../../bench/record.js';
import type { RampResult } from '../../../bench/statistics/ramp-result.js';
import { c10k, start } from '../../support/command.js';
import { eventually } from '../../support/eventually.js';
import { HOST } from '../../support/host.js';

const LIAR = fileURLToPath(new URL('../../support/lying-program.js', import.meta.url));
const HELD = fileURLToPath(new URL('../../support/held-program.js', import.meta.url));

t.jobs = 2;

/** Writes to `out`; no option contains a space. */
function ramp(directory: string, options: string, ...others: readonly string[]) {
  const where = ['--host', HOST, '--output', 'out'];
  return c10k(directory, 'ramp', ...options.split(' '), ...others, ...where);
}

function planIn(directory: string): Plan {
  return JSON.parse(readFileSync(join(directory, 'out', 'run.json'), 'utf8')).plan;
}

function recordsIn(directory: string): readonly TrialRecord[] {
  return readFileSync(join(directory, 'out', 'trials.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as TrialRecord);
}

t.test('the result of a server that holds every level is the last level', async (t) => {
  const directory = t.testdir();
  const load = '--from 1 --to 4 --repeat 20 --slo failures=0 --trials 1';
  const { code, stdout } = await ramp(directory, load);
  t.equal(code, 0);
  t.match(stdout, /epoll holds 4 connections, the highest level tried/);
  t.same(
    planIn(directory).cells.map(({ server, connections }) => `${server} ${connections}`),
    ['epoll 1', 'epoll 2', 'epoll 4', 'control 1', 'control 2', 'control 4'],
    'the control runs at every level, because the trials are not sliced',
  );
  const report = readFileSync(join(directory, 'out', 'report.md'), 'utf8');
  t.match(report, /Holds 4 connections, the highest level tried\./);
  t.match(report, /doubled, from 1 to 4 connections at most/);
});

t.test('contents that a level needs are made before it, each with a line', async (t) => {
  const service = '--service files --op download --wire raw --vary size --slo failures=0';
  const levels = '--from 10kB --to 20kB --repeat 1 --trials 2';
  const { code, stderr } = await ramp(t.testdir(), `${service} ${levels}`, '--conns', '2');
  t.equal(code, 0, stderr);
  const lines = stderr.split('\n').map((line) => line.match(/^content of .*|^trial \d+/)?.[0]);
  t.same(lines.filter(Boolean), [
    'content of 10 kB: made and verified',
    ...[1, 2, 3, 4].map((number) => `trial ${number}`),
    'content of 20 kB: made and verified',
    ...[5, 6, 7, 8].map((number) => `trial ${number}`),
  ]);
});

t.test('a limit of the model is found and named without a trial', async (t) => {
  const directory = t.testdir();
  const load = '--server select,epoll --from 900 --to 1800 --repeat 2 --slo failures=0';
  const { code, stdout } = await ramp(directory, `${load} --trials 1 --json`);
  t.equal(code, 0);
  const { results } = JSON.parse(stdout) as { results: RampResult[] };
  const [select, epoll] = results;
  t.ok(select && select.held >= 900 && select.held <= 1019, `it holds ${select?.held}`);
  t.match(select?.broken, { breach: { kind: 'not possible', obstacle: { kind: 'FD_SETSIZE' } } });
  t.match(epoll, { server: 'epoll', held: 1800, broken: null });
  const skipped = planIn(directory).cells.filter((cell) => cell.skipped !== null);
  t.match(skipped, [{ server: 'select', connections: select?.broken?.level }], 'only the lowest');
});

t.test('the rate is doubled until the server cannot hold it', async (t) => {
  const directory = t.testdir();
  const program = `cmd:${process.execPath} ${LIAR} {host} {port} 'answers slowly'`;
  const load = '--conns 2 --from 50 --to 1600 --duration 500ms --trials 1';
  const options = `--vary rate ${load} --json`;
  const { stdout } = await ramp(directory, options, '--server', program);
  const [result] = (JSON.parse(stdout) as { results: RampResult[] }).results;
  t.ok(result && result.held < 250, `it holds ${result?.held}, and 200/s are possible`);
  t.ok(result?.broken, 'a level is broken');
  for (const { rate, measurement } of recordsIn(directory)) {
    const { scheduled = 0 } = measurement?.openLoop ?? {};
    if (rate < 400) continue;
    const answered = measurement?.requests.window ?? 0;
    t.ok(answered < 0.6 * scheduled, `${answered} of ${scheduled} at ${rate}/s`);
  }
  t.ok(planIn(directory).cells.every(({ connections, rate }) => connections === 2 && rate > 0));
  const report = readFileSync(join(directory, 'out', 'report.md'), 'utf8');
  t.match(report, /with 2 connections, at 50( to [\d,]+)? messages per second in total/);
});

t.test('SIGINT in the middle of a ramp keeps the levels that were measured', async (t) => {
  const directory = t.testdir();
  const load = ['--from', '1', '--to', '10000', '--repeat', '20', '--slo', 'failures=0'];
  const { child, ended } = start(directory, 'ramp', ...load, '--host', HOST, '--output', 'out');
  t.teardown(() => child.kill('SIGKILL'));
  let said = '';
  child.stderr?.on('data', (chunk) => {
    said += chunk;
  });
  // A block is epoll and the control, in any order.
  await eventually('a first block is measured', () => said.includes('trial 2 '));
  child.kill('SIGINT');
  const { code, stdout } = await ended;
  t.equal(code, 130);
  t.match(stdout, /epoll holds \d+ connections?, the highest level tried/);
  t.notMatch(
    stdout,
    /no level|no valid trial|holds.*interrupted/,
    'a server that was not tried has no outcome',
  );
  t.equal(planIn(directory).cells[0]?.connections, 1);
});

t.test('an interrupted ramp continues at the interrupted block', async (t) => {
  const directory = t.testdir();
  const program = `cmd:${process.execPath} ${HELD} {host} {port} ${directory}`;
  const load = ['--from', '1', '--to', '4', '--repeat', '20', '--trials', '2', '--timeout', '60s'];
  const options = [...load, '--slo', 'failures=0', '--server', program];
  const { child, ended } = start(directory, 'ramp', ...options, '--host', HOST, '--output', 'out');
  t.teardown(() => child.kill('SIGKILL'));
  // In the second block of the first level, which can't end before the file `go` exists.
  await eventually('a trial is held', () => existsSync(join(directory, 'held')));
  child.kill('SIGINT');
  t.equal((await ended).code, 130);
  const before = recordsIn(directory).filter(({ error }) => error === null);

  writeFileSync(join(directory, 'go'), '');
  const { code, stdout, stderr } = await c10k(directory, 'ramp', '--resume', 'out');
  t.equal(code, 0, stderr);
  t.match(stdout, /holds 4 connections, the highest level tried \(4 held in /);
  const records = recordsIn(directory).filter(({ error }) => error === null);
  const numbers = records.map(({ trial }) => trial);
  t.same(
    [...new Set(numbers)].sort((a, b) => a - b),
    Array.from({ length: 12 }, (_, i) => i + 1),
    'three levels of two blocks with the program and the control',
  );
  t.ok(before.length >= 2 && records.length < 12 + 2, 'at most one block is repeated');
  t.match(await c10k(directory, 'ramp', '--resume', 'out', '--trials', '3'), { code: 2 });
});

t.test('connections that a pool never serves are counted', async (t) => {
  const directory = t.testdir();
  const load = '--server thread-pool --from 16 --to 16 --duration 200ms --trials 1';
  const { stdout } = await ramp(directory, `${load} --json`);
  const [pool] = (JSON.parse(stdout) as { results: RampResult[] }).results;
  t.match(pool, { server: 'thread-pool', held: 0, broken: { level: 16 } });
  const record = recordsIn(directory).find(({ server }) => server === 'thread-pool');
  t.ok((record?.measurement?.starved ?? 0) >= 8, 'its 8 threads serve the others');
});

t.test('a server that never runs has no result, and the exit code is 3', async (t) => {
  const load = '--from 1 --to 64 --trials 1';
  const { code, stdout } = await ramp(t.testdir(), load, '--server', 'cmd:exit 7 # {port}');
  t.equal(code, 3);
  t.match(stdout, /holds no level; at 1, trial 1: the program ended early \(exit code 7\)/);
});
