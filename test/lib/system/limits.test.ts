/** Checks the reading of getrlimit(2) rows, sysctls of proc(5) and control groups of cgroups(7). */

import t from 'tap';
import { parseCpuQuota, readCgroupLimits } from '../../../lib/system/cgroup.js';
import { parsePortRange, parseResourceLimit, readLimits } from '../../../lib/system/limits.js';

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units     
Max processes             unlimited            96365                processes 
Max open files            1024                 1048576              files     
Max nice priority         0                    0                    
`;

t.test('a resource limit has a soft and a hard value', async (t) => {
  const limit = parseResourceLimit(LIMITS, 'Max open files');
  t.strictSame(limit, { soft: 1024, hard: 1048576 });
});

t.test('no limit is a word that JSON can carry', async (t) => {
  const limit = parseResourceLimit(LIMITS, 'Max processes');
  t.strictSame(JSON.parse(JSON.stringify(limit)), { soft: 'unlimited', hard: 96365 });
});

t.test('a limit that is not listed is unknown, and half a name is no name', async (t) => {
  const unknown = { soft: null, hard: null };
  t.strictSame(parseResourceLimit(LIMITS, 'Max locked memory'), unknown);
  t.strictSame(parseResourceLimit(LIMITS, 'Max open'), unknown);
  t.strictSame(parseResourceLimit(null, 'Max open files'), unknown);
});

t.test('a port range has two ends', async (t) => {
  t.strictSame(parsePortRange('32768\t60999\n'), { low: 32768, high: 60999 });
  t.equal(parsePortRange('32768\n'), null);
  t.equal(parsePortRange(null), null);
});

t.test('a CPU quota counts in CPUs, and max is none', async (t) => {
  t.equal(parseCpuQuota('150000 100000\n'), 1.5);
  t.equal(parseCpuQuota('max 100000\n'), null);
  t.equal(parseCpuQuota(null), null);
});

t.test('a group is bound by the tightest limit above it', async (t) => {
  const mount = t.testdir({
    a: {
      'pids.max': '100\n',
      'memory.max': '4096\n',
      'cpu.max': 'max 100000\n',
      b: { 'pids.max': '500\n', 'memory.max': 'max\n', 'cpu.max': '50000 100000\n' },
    },
  });
  t.strictSame(readCgroupLimits(mount, '0::/a/b\n'), {
    pidsMax: 100,
    memoryMaxBytes: 4096,
    cpuQuota: 0.5,
  });
});

t.test('a container that sees its path from outside finds its limits at the mount', async (t) => {
  const mount = t.testdir({ 'pids.max': '64\n' });
  t.equal(readCgroupLimits(mount, '0::/docker/0123abcd\n').pidsMax, 64);
});

t.test('without control groups v2 nothing is set', async (t) => {
  const mount = t.testdir({ 'pids.max': '64\n' });
  const unset = { pidsMax: null, memoryMaxBytes: null, cpuQuota: null };
  t.strictSame(readCgroupLimits(mount, '8:pids:/\n4:memory:/a\n'), unset);
  t.strictSame(readCgroupLimits(mount, null), unset);
  t.strictSame(readCgroupLimits(mount, '0::/\n'), { ...unset, pidsMax: 64 });
});

t.test('the limits of this machine are in order', async (t) => {
  const { descriptors, nrOpen, ephemeralPorts, somaxconn, pidMax } = readLimits();
  const { soft, hard } = descriptors;
  t.ok(typeof soft === 'number' && soft > 0);
  t.ok(typeof soft !== 'number' || typeof hard !== 'number' || soft <= hard);
  t.ok(typeof hard !== 'number' || nrOpen === null || hard <= nrOpen);
  t.ok(ephemeralPorts === null || ephemeralPorts.low < ephemeralPorts.high);
  t.ok(somaxconn === null || somaxconn > 0);
  t.ok(pidMax === null || pidMax >= process.pid);
});
