/** The environment in run.json: the machine, uname(2), the checkout and the native code. */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { addonPath, programPath } from '../../../lib/native.js';
import { parseCpuList } from '../../../lib/system/cpus.js';
import {
  parseCpuinfo,
  parseGitStatus,
  parseSmt,
  readEnvironment,
  readGit,
} from '../../../lib/system/environment.js';

const COMMIT = '610dcf04391b58993defba8ff446b8a40184fe96';
const here = readEnvironment();

/** Ignores GIT_DIR and the user's settings, so that git uses only the fixture. */
const GIT_ENV = {
  ...process.env,
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** Null if git is not installed. */
function makeRepository(root: string): string | null {
  const git = (...words: readonly string[]) => {
    const author = ['-c', 'user.name=c10k', '-c', 'user.email=c10k@localhost'];
    return spawnSync('git', [...author, ...words], { cwd: root, env: GIT_ENV, encoding: 'utf8' });
  };
  if (git('init', '--quiet').status !== 0) return null;
  git('add', '.');
  git('commit', '--quiet', '--message', 'First');
  return git('rev-parse', 'HEAD').stdout.trim();
}

t.test('the CPU information gives the model and whether there is a hypervisor', async (t) => {
  const text =
    'model\t\t: 17\nmodel name\t: AMD EPYC\nflags\t\t: fpu hypervisor lahf_lm\n\nflags: x\n';
  t.strictSame(parseCpuinfo(text), { model: 'AMD EPYC', virtualized: true });
  t.equal(parseCpuinfo('flags\t: fpu hypervisorish\n').virtualized, false);
});

t.test('an ARM CPU is identified by its numbers; a hypervisor is unknown', async (t) => {
  const text = 'Features\t: fp asimd\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n';
  t.strictSame(parseCpuinfo(text), { model: 'implementer 0x41 part 0xd0c', virtualized: null });
  t.strictSame(parseCpuinfo(null), { model: null, virtualized: null });
});

t.test('a checkout is dirty when a tracked file differs from the commit', async (t) => {
  const clean = `# branch.oid ${COMMIT}\n# branch.head main\n# stash 2\n`;
  t.strictSame(parseGitStatus(clean), { commit: COMMIT, dirty: false });
  const changed = `${clean}1 .M N... 100644 100644 100644 aaaa bbbb lib/native.ts\n`;
  t.strictSame(parseGitStatus(changed), { commit: COMMIT, dirty: true });
});

t.test('a repository without a commit has no state', async (t) => {
  t.equal(parseGitStatus('# branch.oid (initial)\n# branch.head main\n'), null);
});

t.test('the git state is that of the checkout, not of an enclosing repository', async (t) => {
  const root = t.testdir({ file: 'one\n' });
  const commit = makeRepository(root);
  if (commit === null) return t.pass('no git here');
  const inner = join(root, 'node_modules');
  mkdirSync(inner);
  t.strictSame(readGit(root), { commit, dirty: false });
  t.equal(readGit(inner), null);
  writeFileSync(join(root, 'file'), 'two\n');
  t.strictSame(readGit(root), { commit, dirty: true });
});

t.test('a directory that does not exist has no git state', async (t) => {
  t.equal(readGit('/no/such/directory'), null);
});

t.test('the environment is plain JSON data', async (t) => {
  t.strictSame(JSON.parse(JSON.stringify(here)), here);
});

t.test('the environment of this machine is plausible', async (t) => {
  const { c10k, cpu, kernel, memoryBytes, versions } = here;
  t.match(c10k.version ?? '0.0.0', /^\d+\.\d+\.\d+/);
  t.match(kernel.release, /^\d+\.\d+/);
  t.ok(parseCpuList(cpu.allowed).length <= cpu.online);
  t.ok(memoryBytes > 2 ** 26);
  t.equal(versions.node, process.versions.node);
  t.match(versions.libc ?? 'musl', /^(glibc \d|musl)/);
});

t.test('SMT is active, not active or unknown', async (t) => {
  t.equal(parseSmt('1\n'), true);
  t.equal(parseSmt('0\n'), false);
  t.equal(parseSmt(null), null);
});

t.test('the native code is identified by the hash of both files and by its compiler', async (t) => {
  const both = Buffer.concat([addonPath, programPath].map((path) => readFileSync(path)));
  t.equal(here.c10k.addon.sha256, createHash('sha256').update(both).digest('hex'));
  t.match(here.c10k.addon.build, /^(gcc|clang) \d/);
});
