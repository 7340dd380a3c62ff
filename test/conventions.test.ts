/** The conventions of CONTRIBUTING.md: the length of functions, and a test for each source. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import ts from 'typescript';
import { ROOT, read, SOURCES } from './support/sources.js';

/** Lines of each function's body, including its braces and nested functions. */
const MOST_LINES = 40;

function bodiesOf(file: string, text = read(file)): { name: string; lines: number }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lineOf = (at: number) => source.getLineAndCharacterOfPosition(at).line;
  const found: { name: string; lines: number }[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const body: ts.Node = node.body;
      const name = `${file}:${lineOf(node.getStart()) + 1}`;
      found.push({ name, lines: lineOf(body.end) - lineOf(body.getStart()) + 1 });
    }
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

t.test('a function has at most 40 lines', async (t) => {
  const inner = 'const outer = () => {\n  function inner() {\n    return 1;\n  }\n};\n';
  t.same(bodiesOf('a.ts', inner), [
    { name: 'a.ts:1', lines: 5 },
    { name: 'a.ts:2', lines: 3 },
  ]);
  const long = SOURCES.flatMap((file) => bodiesOf(file)).filter(({ lines }) => lines > MOST_LINES);
  t.same(long, []);
});

/** Whether a function in it contains logic: types, constants and registries don't. */
function hasLogic(file: string): boolean {
  const holds = (node: ts.Node): boolean =>
    (ts.isFunctionLike(node) &&
      'body' in node &&
      node.body !== undefined &&
      ts.isBlock(node.body as ts.Node) &&
      (node.body as ts.Block).statements.length > 1) ||
    ts.forEachChild(node, holds) === true;
  return holds(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest));
}

const testOf = (source: string) => join('test', source.replace(/\.c?ts$/, '.test.ts'));

/** Sources with logic that are covered only by other sources' tests. */
const WITHOUT_TEST: readonly string[] = [
  'bench/commands/collect-rows.ts',
  'bench/commands/doctor.ts',
  'bench/commands/measure.ts',
  'bench/commands/models.ts',
  'bench/commands/options/client.ts',
  'bench/commands/options/experiment.ts',
  'bench/commands/options/output.ts',
  'bench/commands/reconcile.ts',
  'bench/commands/report.ts',
  'bench/commands/serve.ts',
  'bench/main.ts',
  'bench/report/document/document.ts',
  'bench/report/document/method.ts',
  'bench/report/document/models.ts',
  'bench/report/document/threats.ts',
  'bench/report/document/threats/machine.ts',
  'bench/report/document/threats/notes.ts',
  'bench/report/document/threats/trials.ts',
  'bench/report/document/verdict.ts',
  'bench/report/tables/cost.ts',
  'bench/report/tables/performance.ts',
  'bench/report/tables/troubles.ts',
  'bench/report/terminal/findings.ts',
  'bench/report/terminal/ramp.ts',
  'bench/run/load-only.ts',
  'bench/run/machine.ts',
  'bench/run/phases.ts',
  'bench/run/run.ts',
  'bench/run/sides.ts',
  'bench/run/traffic.ts',
  'bench/run/trial-run.ts',
  'bench/run/trial.ts',
  'lib/load/client-process.ts',
  'lib/server/libuv.ts',
  'lib/server/server-process.ts',
  'lib/server/workers/acceptor.ts',
  'lib/server/workers/workers.ts',
  'lib/service/files/base64-wire.ts',
  'lib/service/files/content.ts',
  'lib/service/files/download.ts',
  'lib/service/files/input.ts',
  'lib/service/files/raw-wire.ts',
  'lib/service/files/reply.ts',
  'lib/service/files/serve.ts',
  'lib/service/files/storage.ts',
];

t.test('each source with logic has a test at the same path', async (t) => {
  const lacking = SOURCES.filter((file) => !existsSync(join(ROOT, testOf(file)))).filter(hasLogic);
  t.same(lacking.toSorted(), WITHOUT_TEST, 'a source that has a test is not in the list');
});
