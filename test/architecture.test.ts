/** The arrows of docs/architecture.md: data flows one way, and so do imports. */
import t, { type Test } from 'tap';
import { SERVICES } from '../lib/catalog/models.js';
import {
  CPP_SOURCES,
  filesBelow,
  importsOf,
  includesOf,
  read,
  SOURCES,
} from './support/sources.js';

/** A folder may import from itself and from the folders listed before it. */
const TYPESCRIPT: readonly (readonly string[])[] = [
  ['lib/group.ts', 'lib/random.ts', 'lib/sums.ts', 'lib/schema'],
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
  ['native/storage'],
  ['native/demux', 'native/uring', 'native/service'],
  ['native/engine', 'native/load'],
  ['native/control', 'native/measure'],
  ['native/server', 'native/forking'],
  ['native/addon'],
];

type Order = typeof TYPESCRIPT;

/** The longest matching name, because a folder's subfolder may be listed separately. */
function placeOf(file: string, order: Order) {
  const places = order.flatMap((names, rank) => names.map((name) => ({ name, rank })));
  const fitting = places.filter(({ name }) => file === name || file.startsWith(`${name}/`));
  const [place] = fitting.sort((a, b) => b.name.length - a.name.length);
  if (!place) throw new Error(`${file} has no place in the order`);
  return place;
}

/** Checks that each file uses only its own folder and those listed before it. */
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

t.test('a source imports only from its own folder and from folders listed before it', async (t) => {
  t.ok(SOURCES.length > 200, 'the sources are found');
  checkOrder(t, SOURCES, TYPESCRIPT, 'imports', importsOf);
});

/** The schemas, and the modules that load them to read a file; loading zod takes a third of the startup time. */
const WITH_ZOD = /^(?:lib|bench|bench\/store)\/schema\//;

t.test('other sources import only types from the schemas', async (t) => {
  const statement =
    /^(?:im|ex)port (?!type )[^;]*? from '(?:zod|[^']*\/schema\/(?!faults)[^']*)';/m;
  const others = SOURCES.filter((file) => !WITH_ZOD.test(file));
  t.same(
    others.filter((file) => statement.test(read(file))),
    [],
  );
  t.match(read('bench/schema/record.ts'), statement, 'the pattern matches an actual import');
});

t.test('C++ includes only from its own folder and from folders listed before it', async (t) => {
  t.ok(CPP_SOURCES.length > 80, 'the sources are found');
  checkOrder(t, CPP_SOURCES, CPP, 'includes', includesOf);
});

/** The folders that implement a service: only these and the registries may name it. */
const SLICES =
  /^(?:bench\/services|lib\/service|native\/(?:service|load\/protocol))\/[\w-]+\/|^lib\/service\/|^native\/control\//;
const REGISTRIES: readonly string[] = [
  'bench/services/registry.ts',
  'lib/catalog/models.ts',
  'native/load/protocol/protocols.cc',
  'native/service/services.cc',
  'native/sources.txt',
];
/** These concern named experiments, and file formats from when there was only one service. */
const OF_ONE_SERVICE = /^bench\/presets\/|^bench\/store\/earlier\.ts$/;

/** Names that are ordinary words too. */
const ORDINARY: readonly string[] = ['files'];

/** An ordinary word names a service as a text, as a folder, or at the start of a type. */
function patternOf(service: string): RegExp {
  if (!ORDINARY.includes(service)) return new RegExp(service, 'i');
  const capital = `${service.charAt(0).toUpperCase()}${service.slice(1)}`;
  return new RegExp(`(?<=['"/])${service}(?=['"/])|\\b${capital}[A-Z]`);
}

t.test('shared code names no service', async (t) => {
  const patterns = SERVICES.map(patternOf);
  const isNamed = (text: string) => patterns.some((pattern) => pattern.test(text));
  const shared = [...SOURCES, ...CPP_SOURCES].filter(
    (file) => !SLICES.test(file) && !REGISTRIES.includes(file) && !OF_ONE_SERVICE.test(file),
  );
  const lines = shared.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, i) => (isNamed(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  );
  t.same(lines, []);
  for (const pattern of patterns)
    t.match(read('bench/services/registry.ts'), pattern, 'the pattern matches an actual name');
});

/** Each file that imports itself, directly or through others. */
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

t.test('there are no circular imports', async (t) => {
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

t.test('lib names no option of the command line', async (t) => {
  for (const file of filesBelow('lib', /\.c?ts$/)) t.notMatch(read(file), /(?<!')--[a-z]+/, file);
});

t.test('only one C++ folder uses N-API', async (t) => {
  for (const file of CPP_SOURCES)
    if (!file.startsWith('native/addon/')) t.notMatch(read(file), /napi\.h/, file);
});

t.test('services and protocols make no system call', async (t) => {
  for (const folder of ['native/service', 'native/load/protocol'])
    for (const file of filesBelow(folder, /\.(cc|h)$/))
      t.notMatch(read(file), /#include <(sys\/|unistd|fcntl|poll)/, file);
});

t.test('only the reactor and the registry of models include the demultiplexers', async (t) => {
  const allowed = /^native\/(demux\/|engine\/reactor\.|server\/models\.)/;
  for (const file of CPP_SOURCES)
    if (!allowed.test(file)) t.notMatch(read(file), /#include "demux\//, file);
});

t.test('every C++ source is in the list of sources', async (t) => {
  const listed = read('native/sources.txt').trim().split(/\s+/);
  t.same(listed.sort(), filesBelow('native', /\.cc$/).sort());
});
