// Repeats the test suite, every second run beside busy loops that take all CPUs: npm run test:stress [-- RUNS]
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';

const USAGE = 'usage: npm run test:stress [-- RUNS]   runs of the suite, 1 to 1000 (default: 20)';
/** The whole output of the runs that failed. */
const KEPT = 'build/stress';
const CPUS = availableParallelism();

function runsOf([argument, ...others]) {
  if (argument === '--help') return exit(0, USAGE);
  const runs = Number(argument ?? 20);
  if (others.length > 0 || !Number.isInteger(runs) || runs < 1 || runs > 1000)
    return exit(2, `test-stress: ${[argument, ...others].join(' ')}: ${USAGE}`);
  return runs;
}

function exit(code, message) {
  (code === 0 ? console.log : console.error)(message);
  process.exit(code);
}

/** The processes that end with this one, however it ends. */
const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill();
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

function run(command, args, stdio) {
  const child = spawn(command, args, { stdio });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** One busy loop for each CPU; returns what ends them. */
function burn() {
  // Each ends by itself, too, when this process was killed.
  const loop = 'const parent = process.ppid; while (process.ppid === parent);';
  const loops = Array.from({ length: CPUS }, () => run(process.execPath, ['-e', loop], 'ignore'));
  return () => {
    for (const each of loops) each.kill();
  };
}

async function runSuite() {
  const began = performance.now();
  const suite = run(process.execPath, ['dist/test/suite.js'], ['ignore', 'pipe', 'inherit']);
  const ended = new Promise((resolve) => suite.once('close', resolve));
  const output = await text(suite.stdout);
  const passed = (await ended) === 0;
  return { passed, output, seconds: Math.round((performance.now() - began) / 1000) };
}

/** The files that failed, each with its assertions that did. */
function failuresIn(output) {
  const failures = [];
  let assertions = [];
  for (const line of output.split('\n')) {
    const [, indent, verdict, name] = line.match(/^( *)(ok|not ok) (.*)/) ?? [];
    if (verdict === undefined) continue;
    if (indent !== '' && verdict === 'not ok') assertions.push(line);
    if (indent !== '') continue;
    if (verdict === 'not ok') failures.push(name, ...assertions);
    assertions = [];
  }
  return failures;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
}

function report(name, { passed, output, seconds }) {
  console.log(`${name}: ${passed ? 'passed' : 'FAILED'} in ${seconds} s`);
  if (passed) return;
  mkdirSync(KEPT, { recursive: true });
  const file = `${KEPT}/${name.split(' ', 2).join('-')}.tap`;
  writeFileSync(file, output);
  console.log([...failuresIn(output), `all of it: ${file}`].map((line) => `  ${line}`).join('\n'));
}

const runs = runsOf(process.argv.slice(2));
if (spawnSync('npm', ['run', 'build'], { stdio: 'inherit' }).status !== 0) process.exit(1);
const results = [];
for (let nth = 1; nth <= runs; nth++) {
  const isLoaded = nth % 2 === 0;
  const release = isLoaded ? burn() : () => {};
  const result = await runSuite();
  release();
  results.push({ ...result, isLoaded });
  report(`run ${nth} of ${runs}, ${isLoaded ? `beside ${CPUS} busy loops` : 'alone'}`, result);
}

for (const [isLoaded, where] of [
  [false, 'alone'],
  [true, 'beside busy loops'],
]) {
  const seconds = results.filter((each) => each.isLoaded === isLoaded).map((each) => each.seconds);
  if (seconds.length > 0) console.log(`median time ${where}: ${median(seconds)} s`);
}
const passed = results.filter((result) => result.passed).length;
console.log(`${passed} of ${runs} passed`);
process.exitCode = passed === runs ? 0 : 1;
