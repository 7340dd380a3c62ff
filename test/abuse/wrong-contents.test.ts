/** A server that confirms uploads and stores something else is found out, upload by upload. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { TrialRecord } from '../../bench/record.js';
import { c10k, printed } from '../support/command.js';

const PROGRAM = new URL('../support/wrong-file-server.js', import.meta.url).pathname;
const LOAD = ['--op', 'upload', '--size', '10kB', '--conns', '2', '--repeat', '3', '--trials', '1'];

const MODES = [
  ['right', 0],
  ['in lower case', 6],
  ['without the last byte', 6],
  ['not at all', 6],
] as const;

function problemsOf(directory: string, isOwn: (record: TrialRecord) => boolean) {
  const lines = readFileSync(join(directory, 'out', 'trials.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line)).find(isOwn).verdict.problems;
}

const expected = (wrong: number) =>
  wrong === 0 ? [] : [{ kind: 'transfers wrong', figures: { transfers: wrong } }];

for (const [mode, wrong] of MODES)
  t.test(`uploads that are stored ${mode}: ${wrong} of 6 are wrong`, async (t) => {
    const directory = t.testdir();
    const server = `cmd:${process.execPath} ${PROGRAM} {port} {storage} '${mode}'`;
    const { code } = await c10k(directory, 'files', '--server', server, ...LOAD, '--output', 'out');
    t.equal(code, wrong === 0 ? 0 : 3);
    const isOwn = (record: TrialRecord) => record.server.startsWith('cmd:');
    t.same(problemsOf(directory, isOwn), expected(wrong));
  });

/** A load of uploads to a server that c10k has not started. */
async function loaded(t: Test, mode: string) {
  const directory = t.testdir();
  const storage = join(directory, 'storage');
  mkdirSync(storage);
  const child = spawn(process.execPath, [PROGRAM, '0', storage, mode]);
  t.teardown(() => child.kill('SIGKILL'));
  const [, port] = await printed(child, /listening on (\d+)\n/);
  const args = ['--service', 'files', '--target', `127.0.0.1:${port}`, ...LOAD];
  const { code } = await c10k(directory, 'load', ...args, '--output', 'out');
  return { code, problems: problemsOf(directory, () => true), left: readdirSync(storage) };
}

for (const [mode, wrong] of MODES)
  t.test(`the same if c10k has not started the server: stored ${mode}`, async (t) => {
    const { code, problems, left } = await loaded(t, mode);
    t.equal(code, wrong === 0 ? 0 : 3);
    t.same(problems, expected(wrong));
    t.same(left, [], 'what was stored is deleted');
  });

t.test(
  'files that the server confirms to have deleted and keeps make the trial fail',
  async (t) => {
    const { code, problems, left } = await loaded(t, 'for good');
    t.equal(code, 3);
    const reason = /^\S+:\d+: still has 0-0 and 5 more, which this trial has stored$/;
    t.match(problems, [{ kind: 'broken off', figures: { reason } }]);
    t.equal(left.length, 6);
  },
);
