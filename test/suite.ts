/**
 * npm test: runs every test file in its own process, several at once. tap's runner isn't used, because it preloads a
 * recorder of loaded files into each process, which takes more CPU time than most tests.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { report } from '@tapjs/reporter';
import t from 'tap';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TESTS = 'dist/test';
/** Start first, so that no long test runs alone at the end: files that compile or measure with many processes. */
const LONGEST_FIRST = ['bench/commands/', 'native/', 'matrix/', 'abuse/', 'bench/experiment/'];
/** A guard against a hang. */
const TIMEOUT_MS = 600_000;
/** NODE_EXTRA_CA_CERTS adds 45 ms of CPU to each process, because Node.js parses certificates at its start. */
const PLAIN_NODE = ['-u', 'NODE_OPTIONS', '-u', 'NODE_EXTRA_CA_CERTS', process.execPath];

/** More than the CPUs, because tests also wait. */
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

/** A reporter prints for people; without a terminal, the output is TAP. */
const isReported = process.stdout.isTTY;
if (isReported) {
  const settings = { get: () => false } as unknown as Parameters<typeof report>[2];
  await report('base', t, settings);
}
t.setTimeout(0);
t.jobs = JOBS;
for (const file of testFiles())
  t.spawn('env', [...PLAIN_NODE, `${TESTS}/${file}`], {
    name: `${TESTS}/${file}`,
    cwd: ROOT,
    timeout: TIMEOUT_MS,
    buffered: true,
    ...(isReported ? { stdio: 'pipe' } : {}),
  });
