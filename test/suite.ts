/**
 * npm test: runs every test file in its own process, several at once. tap's runner isn't used, because it preloads a
 * recorder of loaded files into each process, which takes more CPU time than most tests.
 */
import type { ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { report } from '@tapjs/reporter';
import t from 'tap';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TESTS = 'dist/test';
/** These start first, so that no long test runs alone at the end: they compile, or measure with many processes. */
const LONGEST_FIRST = ['bench/commands/', 'native/', 'matrix/', 'abuse/', 'bench/experiment/'];
/** Ends a test that hangs. */
const TIMEOUT_S = 600;
/** NODE_EXTRA_CA_CERTS adds 45 ms of CPU to each process, because Node.js parses certificates at its start. */
const ENVIRONMENT = ['-u', 'NODE_OPTIONS', '-u', 'NODE_EXTRA_CA_CERTS', `TAP_TIMEOUT=${TIMEOUT_S}`];
/** One more than the number of CPUs, because tests also wait. */
const JOBS = availableParallelism() + 1;

function testFiles(): string[] {
  return readdirSync(`${ROOT}/${TESTS}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.js'))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function rank(file: string): number {
  const found = LONGEST_FIRST.findIndex((folder) => file.startsWith(folder));
  return found < 0 ? LONGEST_FIRST.length : found;
}

/** Comment lines with a failed assertion, where it is and what it found. */
function failureText(result: { readonly fullname: string; readonly diag: unknown }): string {
  const lines = [
    result.fullname,
    ...inspect(result.diag)
      .split('\n')
      .map((line) => `  ${line}`),
  ];
  return lines.map((line) => `# ${line}\n`).join('');
}

/** On a terminal, a reporter formats the output; otherwise the output is TAP. */
const isReported = process.stdout.isTTY;
if (isReported) {
  const settings = { get: () => false } as unknown as Parameters<typeof report>[2];
  await report('base', t, settings);
}
/** The running tests are ended when the suite ends, also by a signal. */
const running = new Set<ChildProcess>();
/** What failed in each file. It is repeated at the end, because the output of all tests is long. */
const failures = new Map<string, string[]>();
t.on('spawn', (file) => {
  const failed: string[] = [];
  file.parser.on('fail', (result) => failed.push(failureText(result)));
  file.once('process', (child) => {
    running.add(child);
    child.once('close', (code: number | null, signal: NodeJS.Signals | null) => {
      running.delete(child);
      if (code !== 0) failures.set(`${file.name}: ${signal ?? `exit code ${code}`}`, failed);
    });
  });
});
process.once('exit', () => {
  for (const child of running) child.kill();
  for (const [file, failed] of failures)
    process.stdout.write(`\n# Failed: ${file}\n${failed.join('')}`);
});
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

t.setTimeout(0);
t.jobs = JOBS;
for (const file of testFiles())
  t.spawn('env', [...ENVIRONMENT, process.execPath, `${TESTS}/${file}`], {
    name: `${TESTS}/${file}`,
    cwd: ROOT,
    timeout: TIMEOUT_S * 1000,
    buffered: true,
    ...(isReported ? { stdio: 'pipe' } : {}),
  });
