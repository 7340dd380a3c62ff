/** The environment of a run, as data for run.json: uname(2), proc(5), sysfs(5), git-status(1). */

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addonPath, native, programPath } from '../native.js';
import type { Addon, CpuModel, Environment, GitState } from '../schema/environment.js';
import { allowedCpus, formatCpuList } from './cpus.js';
import { readLimits } from './limits.js';
import { readMitigations } from './mitigations.js';
import { parseField, readText } from './procfs.js';
import { readTcpSettings } from './tcp-settings.js';
import { readUring } from './uring.js';

export type { Environment };

/** The model of the first processor in /proc/cpuinfo; on ARM only numbers are available. */
export function parseCpuinfo(text: string | null): CpuModel {
  const flags = parseField(text, 'flags');
  const [maker, part] = [parseField(text, 'CPU implementer'), parseField(text, 'CPU part')];
  const numbers = maker === null ? null : `implementer ${maker} part ${part}`;
  return {
    model: parseField(text, 'model name') ?? numbers,
    virtualized: flags === null ? null : flags.split(' ').includes('hypervisor'),
  };
}

/** Reads the porcelain format, version 2, of git-status(1); null without a commit. */
export function parseGitStatus(text: string): GitState | null {
  const commit = text.match(/^# branch\.oid ([0-9a-f]{40,64})$/m)?.[1];
  return commit === undefined ? null : { commit, dirty: /^[^#\n]/m.test(text) };
}

/**
 * The state of the checkout with top directory `root`; not that of a project with c10k installed as
 * a dependency.
 */
export function readGit(root: string): GitState | null {
  const env = {
    ...process.env,
    GIT_DIR: undefined, // set inside a git hook, possibly of another repository
    GIT_WORK_TREE: undefined,
    GIT_INDEX_FILE: undefined,
    GIT_CEILING_DIRECTORIES: dirname(root),
    GIT_OPTIONAL_LOCKS: '0',
  };
  const status = ['status', '--porcelain=v2', '--branch', '--untracked-files=no'];
  const git = spawnSync('git', status, { cwd: root, env, encoding: 'utf8', timeout: 5000 });
  return git.status === 0 ? parseGitStatus(git.stdout) : null;
}

/** Searches upwards for c10k's package.json, because compiled files and sources differ in depth. */
function readPackage(directory: string): Omit<Environment['c10k'], 'addon'> {
  const manifest = JSON.parse(readText(join(directory, 'package.json')) ?? '{}');
  if (manifest.name === 'c10k') return { version: manifest.version, git: readGit(directory) };
  const above = dirname(directory);
  return above === directory ? { version: null, git: null } : readPackage(above);
}

function readAddon(): Addon {
  return { sha256: sha256Of([addonPath, programPath]), build: native.build };
}

/** Of the files' contents, one after the other. */
function sha256Of(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(readFileSync(path));
  return hash.digest('hex');
}

/** /sys/devices/system/cpu/smt/active, `1` or `0`; absent in kernels without SMT. */
export function parseSmt(text: string | null): boolean | null {
  return text === null ? null : text.trim() === '1';
}

/** One name, or several if the CPUs differ. */
function readGovernor(allowed: readonly number[]): string | null {
  const governors = allowed.map((cpu) =>
    readText(`/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_governor`)?.trim(),
  );
  return [...new Set(governors)].filter(Boolean).join(',') || null;
}

/** The C library of this process, from Node's diagnostic report. */
function readLibc(): string | null {
  const report = process.report?.getReport() as {
    readonly header: { readonly glibcVersionRuntime?: string };
    readonly sharedObjects: readonly string[];
  };
  const glibc = report.header.glibcVersionRuntime;
  if (glibc !== undefined) return `glibc ${glibc}`;
  return report.sharedObjects.some((path) => path.includes('musl')) ? 'musl' : null;
}

function describeUring(): string {
  const { flags, obstacle } = readUring();
  return flags ?? obstacle?.kind ?? '';
}

export function readEnvironment(): Environment {
  const allowed = allowedCpus();
  const clocksource = '/sys/devices/system/clocksource/clocksource0/current_clocksource';
  return {
    c10k: { ...readPackage(dirname(fileURLToPath(import.meta.url))), addon: readAddon() },
    kernel: { release: release(), clocksource: readText(clocksource)?.trim() ?? null },
    architecture: process.arch,
    cpu: {
      ...parseCpuinfo(readText('/proc/cpuinfo')),
      online: cpus().length,
      allowed: formatCpuList(allowed),
      governor: readGovernor(allowed),
      smt: parseSmt(readText('/sys/devices/system/cpu/smt/active')),
      mitigations: readMitigations(),
    },
    memoryBytes: totalmem(),
    limits: readLimits(),
    tcp: readTcpSettings(),
    uring: describeUring(),
    versions: {
      node: process.versions.node,
      v8: process.versions.v8,
      libuv: process.versions.uv,
      libc: readLibc(),
    },
    nodeOptions: process.env.NODE_OPTIONS || null,
  };
}
