/** Compiles and runs the tests of C++ code that uses no socket, test/native/*.cc, as one program. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { missing } from '../support/programs.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = join(root, 'test/native');

const compiler = [process.env.CXX, 'c++', 'g++'].find((name) => name && !missing(name));
const skip = compiler === undefined && 'no C++ compiler: c++ and g++ are not installed';

t.test('all.cc includes every C++ test', async (t) => {
  const sources = readdirSync(folder).filter((name) => /\.cc$/.test(name) && name !== 'all.cc');
  const text = readFileSync(join(folder, 'all.cc'), 'utf8');
  const included = [...text.matchAll(/^#include "([^/"]+\.cc)"$/gm)].map(([, name]) => name);
  t.ok(sources.length > 0, 'the tests were found');
  t.same(included.sort(), sources.sort());
});

t.test('C++ code that uses no socket', { skip }, async (t) => {
  const program = join(t.testdir(), 'native-tests');
  const flags = ['-std=c++20', '-O0', '-D_GLIBCXX_ASSERTIONS', '-Inative', '-pthread'];
  const args = [...flags, 'test/native/all.cc', '-o', program];
  await promisify(execFile)(compiler ?? 'c++', args, { cwd: root });
  await t.spawn(program, [], {}, 'test/native');
});
