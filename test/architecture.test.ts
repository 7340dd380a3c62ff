/** The arrows of docs/architecture.md: data flows one way, and so do imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A place imports from itself and from those before it. */
const ORDER: readonly (readonly string[])[] = [
  ['lib'],
  ['bench/plan'],
  ['bench/presets'],
  ['bench/record.ts'],
  ['bench/run', 'bench/statistics'],
  ['bench/store', 'bench/report'],
  ['bench/commands'],
  ['bench/command-line.ts'],
  ['bench/cli.ts'],
];

const places = ORDER.flatMap((names, rank) => names.map((name) => ({ name, rank })));

function placeOf(file: string) {
  const place = places.find(({ name }) => file === name || file.startsWith(`${name}/`));
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

t.test('imports never run backwards', async (t) => {
  const files = [...filesBelow('lib', /\.c?ts$/), ...filesBelow('bench', /\.ts$/)];
  t.ok(files.length > 40, 'the sources were found');
  for (const file of files) {
    const from = placeOf(file);
    for (const imported of importsOf(file)) {
      const to = placeOf(imported);
      t.ok(to.name === from.name || to.rank < from.rank, `${file} imports ${imported}`);
    }
  }
});

t.test('one folder of C++ knows N-API', async (t) => {
  for (const file of filesBelow('native', /\.(cc|h)$/))
    if (!file.startsWith('native/addon/')) t.notMatch(read(file), /napi\.h/, file);
});

t.test('services make no system call', async (t) => {
  for (const file of filesBelow('native/service', /\.(cc|h)$/))
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
