/** The arrows of docs/architecture.md: data flows one way, and so do imports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import ts from 'typescript';
import { SERVICES } from '../lib/catalog/models.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A place imports from itself and from those before it. */
const TYPESCRIPT: readonly (readonly string[])[] = [
  ['lib/random.ts', 'lib/sums.ts', 'lib/schema'],
  ['lib/native-data.ts'],
  ['lib/native.ts'],
  ['lib/system'],
  ['lib/remote.ts'],
  ['lib/account', 'lib/catalog'],
  ['lib/service'],
  ['lib/server', 'lib/load'],
  ['lib/index.ts'],
  ['bench/cli'],
  ['bench/text'],
  ['bench/schema'],
  ['bench/services'],
  ['bench/plan'],
  ['bench/presets'],
  ['bench/facts.ts'],
  ['bench/record.ts'],
  ['bench/whole-server.ts'],
  ['bench/run', 'bench/statistics'],
  ['bench/store', 'bench/report/text'],
  ['bench/report/study'],
  ['bench/report/terminal', 'bench/report/charts'],
  ['bench/report/tables', 'bench/report/diagrams'],
  ['bench/report/document'],
  ['bench/report/html', 'bench/report/markdown'],
  ['bench/report/files.ts'],
  ['bench/experiment'],
  ['bench/commands/options'],
  ['bench/commands'],
  ['bench/main.ts'],
];

const CPP: readonly (readonly string[])[] = [
  ['native/base'],
  ['native/net'],
  ['native/account'],
  ['native/demux', 'native/uring', 'native/service'],
  ['native/engine', 'native/load'],
  ['native/control', 'native/measure'],
  ['native/server', 'native/forking'],
  ['native/addon'],
];

type Order = typeof TYPESCRIPT;

/** The longest name that fits: a folder may have a place within another's. */
function placeOf(file: string, order: Order) {
  const places = order.flatMap((names, rank) => names.map((name) => ({ name, rank })));
  const fitting = places.filter(({ name }) => file === name || file.startsWith(`${name}/`));
  const [place] = fitting.sort((a, b) => b.name.length - a.name.length);
  if (!place) throw new Error(`${file} has no place in the order`);
  return place;
}

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => ending.test(name));
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function importsOf(file: string): string[] {
  return [...read(file).matchAll(/from '(\.[^']+)'/g)].map(([, specifier = '']) =>
    relative(root, join(root, dirname(file), specifier)).replace(/\.(c?)js$/, '.$1ts'),
  );
}

const SOURCES = [...filesBelow('lib', /\.c?ts$/), ...filesBelow('bench', /\.ts$/)];
const CPP_SOURCES = filesBelow('native', /\.(cc|h)$/);

function includesOf(file: string): string[] {
  return [...read(file).matchAll(/#include "([^"]+)"/g)].map(([, name]) => `native/${name}`);
}

/** Each file uses its own folder and those before it. */
function checkOrder(
  t: Test,
  files: readonly string[],
  order: Order,
  verb: string,
  usedBy: (file: string) => readonly string[],
): void {
  for (const file of files) {
    const from = placeOf(file, order);
    for (const used of usedBy(file)) {
      const to = placeOf(used, order);
      t.ok(to.name === from.name || to.rank < from.rank, `${file} ${verb} ${used}`);
    }
  }
}

t.test('a source imports from its own folder and from those before it', async (t) => {
  t.ok(SOURCES.length > 200, 'the sources were found');
  checkOrder(t, SOURCES, TYPESCRIPT, 'imports', importsOf);
});

/** The schemas, and what loads them when a file is read; zod takes a third of the startup time. */
const WITH_ZOD = /^(?:lib|bench|bench\/store)\/schema\//;

t.test('other sources import only types from the schemas', async (t) => {
  const statement =
    /^(?:im|ex)port (?!type )[^;]*? from '(?:zod|[^']*\/schema\/(?!faults)[^']*)';/m;
  const others = SOURCES.filter((file) => !WITH_ZOD.test(file));
  t.same(
    others.filter((file) => statement.test(read(file))),
    [],
  );
  t.match(read('bench/schema/record.ts'), statement, 'an import is found where it stands');
});

t.test('C++ includes from its own folder and from those before it', async (t) => {
  t.ok(CPP_SOURCES.length > 80, 'the sources were found');
  checkOrder(t, CPP_SOURCES, CPP, 'includes', includesOf);
});

/** What a service consists of: only these folders and the registries name it. */
const SLICES =
  /^(?:bench\/services|lib\/service|native\/(?:service|load\/protocol))\/[\w-]+\/|^lib\/service\/|^native\/control\//;
const REGISTRIES: readonly string[] = [
  'bench/services/registry.ts',
  'lib/catalog/models.ts',
  'native/load/protocol/protocols.cc',
  'native/service/services.cc',
  'native/sources.txt',
];
/** They concern named experiments, and formats from when there was one service. */
const OF_ONE_SERVICE = /^bench\/presets\/|^bench\/store\/earlier\.ts$/;

t.test('shared code names no service', async (t) => {
  const named = new RegExp(`${SERVICES.join('|')}`, 'i');
  const shared = [...SOURCES, ...CPP_SOURCES].filter(
    (file) => !SLICES.test(file) && !REGISTRIES.includes(file) && !OF_ONE_SERVICE.test(file),
  );
  const lines = shared.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, i) => (named.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  );
  t.same(lines, []);
  t.ok(named.test(read('bench/services/registry.ts')), 'a name is found where it stands');
});

/** Each file that can be reached from itself. */
function inCircles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const reached = (start: string) => {
    const seen = new Set<string>();
    const waiting = [...(graph.get(start) ?? [])];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      waiting.push(...(graph.get(file) ?? []));
    }
    return seen;
  };
  return [...graph.keys()].filter((file) => reached(file).has(file));
}

t.test('no file imports itself by way of others', async (t) => {
  t.same(inCircles(new Map(SOURCES.map((file) => [file, importsOf(file)]))), []);
  t.same(inCircles(new Map(CPP_SOURCES.map((file) => [file, includesOf(file)]))), []);
  t.same(
    inCircles(
      new Map([
        ['a', ['b']],
        ['b', ['c']],
        ['c', ['b']],
      ]),
    ),
    ['b', 'c'],
  );
});

/** Lines of a function's body, its braces and the functions within it included. */
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

t.test('lib names no option of the command line', async (t) => {
  for (const file of filesBelow('lib', /\.c?ts$/)) t.notMatch(read(file), /(?<!')--[a-z]+/, file);
});

t.test('one folder of C++ knows N-API', async (t) => {
  for (const file of filesBelow('native', /\.(cc|h)$/))
    if (!file.startsWith('native/addon/')) t.notMatch(read(file), /napi\.h/, file);
});

t.test('services and protocols make no system call', async (t) => {
  for (const folder of ['native/service', 'native/load/protocol'])
    for (const file of filesBelow(folder, /\.(cc|h)$/))
      t.notMatch(read(file), /#include <(sys\/|unistd|fcntl|poll)/, file);
});

t.test('readiness is known to the reactor and to the registry of models alone', async (t) => {
  const allowed = /^native\/(demux\/|engine\/reactor\.|server\/models\.)/;
  for (const file of filesBelow('native', /\.(cc|h)$/))
    if (!allowed.test(file)) t.notMatch(read(file), /#include "demux\//, file);
});

t.test('every C++ source is in the one list of sources', async (t) => {
  const listed = read('native/sources.txt').trim().split(/\s+/);
  t.same(listed.sort(), filesBelow('native', /\.cc$/).sort());
});

/** Some function in it does more than one thing: types, constants and registries don't. */
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

/** Sources with logic that are tested by other tests alone. */
const WITHOUT_TEST: readonly string[] = [
  'bench/cli/option.ts',
  'bench/commands/collect-rows.ts',
  'bench/commands/doctor.ts',
  'bench/commands/exposure.ts',
  'bench/commands/measure.ts',
  'bench/commands/models.ts',
  'bench/commands/options/client.ts',
  'bench/commands/options/conditions.ts',
  'bench/commands/options/experiment.ts',
  'bench/commands/options/given.ts',
  'bench/commands/options/output.ts',
  'bench/commands/options/server.ts',
  'bench/commands/options/stopping.ts',
  'bench/commands/reconcile.ts',
  'bench/commands/report.ts',
  'bench/commands/serve.ts',
  'bench/main.ts',
  'bench/report/document/climbs.ts',
  'bench/report/document/document.ts',
  'bench/report/document/headline.ts',
  'bench/report/document/method.ts',
  'bench/report/document/models.ts',
  'bench/report/document/question.ts',
  'bench/report/document/solo.ts',
  'bench/report/document/threats.ts',
  'bench/report/document/threats/load.ts',
  'bench/report/document/threats/machine.ts',
  'bench/report/document/threats/notes.ts',
  'bench/report/document/threats/trials.ts',
  'bench/report/document/threats/words.ts',
  'bench/report/document/verdict.ts',
  'bench/report/tables/cost.ts',
  'bench/report/tables/performance.ts',
  'bench/report/tables/ranking.ts',
  'bench/report/tables/slices.ts',
  'bench/report/tables/table.ts',
  'bench/report/tables/troubles.ts',
  'bench/report/terminal/climb.ts',
  'bench/report/terminal/findings.ts',
  'bench/report/terminal/plain-table.ts',
  'bench/report/terminal/remarks.ts',
  'bench/report/terminal/terminal.ts',
  'bench/report/text/climb.ts',
  'bench/run/failures.ts',
  'bench/run/load-only.ts',
  'bench/run/machine.ts',
  'bench/run/notes.ts',
  'bench/run/phases.ts',
  'bench/run/problems.ts',
  'bench/run/run.ts',
  'bench/run/sides.ts',
  'bench/run/slices.ts',
  'bench/run/traffic.ts',
  'bench/run/trial-run.ts',
  'bench/run/trial.ts',
  'bench/run/work.ts',
  'lib/load/client-process.ts',
  'lib/server/failure-reason.ts',
  'lib/server/libuv.ts',
  'lib/server/server-process.ts',
  'lib/server/workers/acceptor.ts',
  'lib/server/workers/ledger.ts',
  'lib/server/workers/workers.ts',
];

t.test('each source with logic has a test at the same path', async (t) => {
  const lacking = SOURCES.filter((file) => !existsSync(join(root, testOf(file)))).filter(hasLogic);
  t.same(lacking.toSorted(), WITHOUT_TEST, 'a source that got a test leaves the list');
});
