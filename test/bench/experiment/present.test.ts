/** The exit code for the results, and which of them are printed. */
import t, { type Test } from 'tap';
import { type OutputFlags, present, presentResume } from '../../../bench/experiment/present.js';
import { plan } from '../../../bench/plan/plan.js';
import { summarize } from '../../../bench/statistics/summarize.js';
import type { Threshold } from '../../../bench/statistics/thresholds.js';
import { measurementOf, OPTIONS, ROOMY, recordOf } from '../../support/cells.js';

const PLAN = plan(OPTIONS, ROOMY);

/** The only row of a run whose trial was valid or invalid, with a throughput of 20,000. */
const rowsOf = (valid = true) =>
  summarize(
    { ...PLAN, controls: [] },
    PLAN.cells.map((cell) => {
      const record = recordOf(cell, { measurement: measurementOf({ throughput: 20_000 }) });
      return { ...record, verdict: { ...record.verdict, valid } };
    }),
  );

const below = (bound: number): Threshold => ({
  ...{ text: `throughput<${bound}`, metric: 'throughput', above: false, bound },
});

/** The exit code, and what was printed. */
function presented(t: Test, output: OutputFlags, { valid = true, interrupted = false } = {}) {
  const written = t.capture(process.stdout, 'write', () => true);
  const code = present(rowsOf(valid), 'out/path', output, interrupted, { some: 'json' });
  const text = written.args().flat().join('');
  written.restore(); // tap writes its results to standard output, too
  return { code, text };
}

t.test('the exit code is 0 if all rows are valid, otherwise 3', async (t) => {
  t.equal(presented(t, {}).code, 0);
  t.equal(presented(t, {}, { valid: false }).code, 3);
});

t.test('the exit code is 99 if a condition is met, unless the run was interrupted', async (t) => {
  t.equal(presented(t, { failIf: [below(20_000)] }).code, 0);
  t.equal(presented(t, { failIf: [below(1), below(20_001)] }).code, 99);
  t.equal(presented(t, { failIf: [below(20_001)] }, { interrupted: true }).code, 130);
  t.equal(
    presented(t, { failIf: [below(20_001)] }, { valid: false }).code,
    3,
    'an invalid row has no figure',
  );
  t.equal(presented(t, {}, { valid: false, interrupted: true }).code, 130);
});

t.test('--json prints the JSON and nothing else', async (t) => {
  const { code, text } = presented(t, { json: true, failIf: [below(20_001)] });
  t.equal(code, 99);
  t.same(JSON.parse(text), { some: 'json' });
});

t.test('the command that resumes an interrupted run is printed, except with --json', async (t) => {
  const said = (name: string, path: string, output: OutputFlags) => {
    const written = t.capture(process.stdout, 'write', () => true);
    presentResume(name, path, output);
    const text = written.args().flat().join('');
    written.restore();
    return text;
  };
  t.match(said('bulk', 'results/1', {}), 'npm run bench -- bulk --resume results/1\n');
  t.match(said('echo', 'my run', {}), "npm run bench -- echo --resume 'my run'\n");
  t.equal(said('echo', 'out', { json: true }), '');
});

t.test('the directory of the files is printed, except with --quiet', async (t) => {
  t.match(presented(t, {}).text, 'out/path');
  const { text } = presented(t, { quiet: true });
  t.notMatch(text, 'out/path');
  t.match(text, 'epoll');
});
