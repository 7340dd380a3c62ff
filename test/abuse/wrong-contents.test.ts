/** A server that confirms uploads and stores something else is found out, upload by upload. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { c10k } from '../support/command.js';

const PROGRAM = new URL('../support/wrong-file-server.js', import.meta.url).pathname;
const LOAD = ['--op', 'upload', '--size', '10kB', '--conns', '2', '--repeat', '3', '--trials', '1'];

for (const [mode, wrong] of [
  ['right', 0],
  ['in lower case', 6],
  ['without the last byte', 6],
  ['not at all', 6],
] as const)
  t.test(`uploads that are stored ${mode}: ${wrong} of 6 are wrong`, async (t) => {
    const directory = t.testdir();
    const server = `cmd:${process.execPath} ${PROGRAM} {port} {storage} '${mode}'`;
    const { code } = await c10k(directory, 'files', '--server', server, ...LOAD, '--output', 'out');
    t.equal(code, wrong === 0 ? 0 : 3);
    const records = readFileSync(join(directory, 'out', 'trials.jsonl'), 'utf8')
      .trim()
      .split('\n');
    const [own] = records
      .map((line) => JSON.parse(line))
      .filter((record) => record.server.startsWith('cmd:'));
    const problems =
      wrong === 0 ? [] : [{ kind: 'transfers wrong', figures: { transfers: wrong } }];
    t.same(own.verdict.problems, problems);
  });
