/** The fields of an environment that make two runs incomparable, and those that make two programs different. */
import t from 'tap';
import { type Environment, readEnvironment } from '../../../lib/system/environment.js';
import { differences, programDifferences } from '../../../lib/system/fingerprint.js';

const here = readEnvironment();

t.test('an environment equals itself read from a file, with keys in any order', async (t) => {
  const reversed = Object.fromEntries(Object.entries(here).reverse()) as unknown as Environment;
  t.strictSame(differences(here, JSON.parse(JSON.stringify(reversed))), []);
  t.strictSame(programDifferences(here, JSON.parse(JSON.stringify(reversed))), []);
});

t.test('a different kernel or sysctl makes runs incomparable, and is named', async (t) => {
  const kernel = { ...here.kernel, release: '4.9.0' };
  const limits = { ...here.limits, somaxconn: 128, ephemeralPorts: null };
  const other = { ...here, kernel, limits };
  const named = differences(here, other);
  t.equal(named.length, here.limits.ephemeralPorts === null ? 2 : 3);
  t.equal(named[0], `kernel: ${here.kernel.release} against 4.9.0`);
});

t.test('fields without influence on the results leave runs comparable', async (t) => {
  const sized = { ...here, memoryBytes: 16 * 2 ** 30 };
  const limits = { ...here.limits, threadsMax: 1, nrOpen: 1 };
  const c10k = { ...here.c10k, git: null };
  const other = { ...here, memoryBytes: sized.memoryBytes - 2 ** 27, limits, c10k };
  t.strictSame([...differences(sized, other), ...programDifferences(sized, other)], []);
});

t.test('different TCP settings, mitigations or NODE_OPTIONS make runs incomparable', async (t) => {
  const others: readonly Environment[] = [
    { ...here, tcp: { ...here.tcp, congestionControl: 'other' } },
    { ...here, tcp: { ...here.tcp, sendBuffer: { min: 1, initial: 2, max: 3 } } },
    { ...here, tcp: { ...here.tcp, receiveBufferMax: 1 } },
    { ...here, cpu: { ...here.cpu, mitigations: { fault: 'Vulnerable' } } },
    { ...here, cpu: { ...here.cpu, smt: !here.cpu.smt } },
    { ...here, nodeOptions: '--other' },
  ];
  for (const other of others) {
    t.equal(differences(here, other).length, 1);
    t.strictSame(programDifferences(here, other), []);
  }
});

t.test('a different build or version is a different program, and can be compared', async (t) => {
  const addon = { ...here.c10k.addon, sha256: 'f'.repeat(64) };
  for (const c10k of [
    { ...here.c10k, addon },
    { ...here.c10k, version: '0.0.0' },
  ]) {
    const other = { ...here, c10k };
    t.strictSame(differences(here, other), []);
    t.equal(programDifferences(here, other).length, 1);
  }
});

/** Every field has a value, so that each can be changed. */
const WHOLE: Environment = {
  c10k: {
    version: '1.0.0',
    git: { commit: 'a'.repeat(40), dirty: false },
    addon: { sha256: 'b'.repeat(64), build: 'gcc 12' },
  },
  kernel: { release: '6.1', clocksource: 'tsc' },
  architecture: 'x64',
  cpu: {
    ...{ model: 'A', virtualized: true, online: 4, allowed: '0-3', governor: 'performance' },
    ...{ smt: true, mitigations: { mds: 'Vulnerable' } },
  },
  memoryBytes: 16 * 2 ** 30,
  limits: {
    ...{ descriptors: { soft: 1, hard: 2 }, processes: { soft: 3, hard: 4 } },
    ...{ nrOpen: 5, somaxconn: 6, tcpMaxSynBacklog: 7, ephemeralPorts: { low: 8, high: 9 } },
    ...{ tcpTwReuse: 2, tcpMaxTwBuckets: 10, maxMapCount: 11, pidMax: 12, threadsMax: 13 },
    ...{ ioUringDisabled: 0, cgroup: { pidsMax: 14, memoryMaxBytes: 15, cpuQuota: 1.5 } },
  },
  tcp: {
    ...{ congestionControl: 'cubic', availableCongestionControls: ['cubic'] },
    receiveBuffer: { min: 1, initial: 2, max: 3 },
    sendBuffer: { min: 4, initial: 5, max: 6 },
    memory: { low: 7, pressure: 8, high: 9 },
    ...{ receiveBufferMax: 10, sendBufferMax: 11 },
  },
  uring: 'none',
  versions: { node: '20.1.0', v8: '11', libuv: '1.44', libc: 'glibc 2.36' },
  nodeOptions: '--x',
};

/** Fields that do not make two runs incomparable. */
const WITHOUT_EFFECT = [
  ...['c10k.version', 'c10k.git.commit', 'c10k.git.dirty', 'c10k.addon.sha256', 'c10k.addon.build'],
  ...['limits.descriptors.soft', 'limits.descriptors.hard'],
  ...['limits.processes.soft', 'limits.processes.hard', 'limits.nrOpen', 'limits.maxMapCount'],
  ...['limits.pidMax', 'limits.threadsMax', 'limits.ioUringDisabled', 'limits.cgroup.pidsMax'],
  ...['tcp.availableCongestionControls.0', 'tcp.memory.low', 'tcp.memory.pressure'],
  ...['tcp.memory.high', 'uring', 'versions.v8', 'versions.libuv', 'versions.libc'],
];

function pathsOf(value: unknown, prefix = ''): string[] {
  if (value === null || typeof value !== 'object') return [prefix.slice(1)];
  return Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, `${prefix}.${key}`));
}

/** The same environment with another value in one field. */
function changed(path: string): Environment {
  const copy = structuredClone(WHOLE);
  const names = path.split('.');
  const last = names.pop() as string;
  const holder = names.reduce<Record<string, unknown>>(
    (inner, name) => inner[name] as Record<string, unknown>,
    copy as unknown as Record<string, unknown>,
  );
  const value = holder[last];
  const other = {
    number: 2 ** 40,
    boolean: !value,
    string: path === 'cpu.allowed' ? '0-2' : 'other',
  };
  holder[last] = other[typeof value as keyof typeof other];
  return copy;
}

t.test('each field of an environment makes runs incomparable, except listed ones', async (t) => {
  const without = pathsOf(WHOLE).filter((path) => differences(WHOLE, changed(path)).length === 0);
  t.same(without.toSorted(), WITHOUT_EFFECT.toSorted());
  for (const path of pathsOf(WHOLE).filter((each) => !WITHOUT_EFFECT.includes(each))) {
    t.equal(differences(WHOLE, changed(path)).length, 1, path);
  }
});

t.test('an unknown value is shown as none, on either side', async (t) => {
  const unknown = { ...WHOLE, nodeOptions: null };
  t.same(differences(WHOLE, unknown), ['NODE_OPTIONS: --x against none']);
  t.same(differences(unknown, WHOLE), ['NODE_OPTIONS: none against --x']);
});

t.test('runs on different CPUs are comparable if the number of CPUs is the same', async (t) => {
  const moved = { ...WHOLE, cpu: { ...WHOLE.cpu, allowed: '1,4-6' } };
  t.same(differences(WHOLE, moved), []);
});
