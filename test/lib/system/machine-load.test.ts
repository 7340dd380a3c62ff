/** Other load of the machine during a trial: files of proc(5) and cgroups(7), and the difference of readings. */
import t from 'tap';
import {
  frequencyOf,
  type MachineReading,
  machineLoadBetween,
  parseCpuTimes,
  parseLoadAverage,
  parseMhz,
  parseThrottling,
  readMachineLoad,
} from '../../../lib/system/machine-load.js';

t.test('CPU times are busy, idle or stolen, in seconds', async (t) => {
  const stat = 'cpu  100 20 300 4000 50 6 7 80 9 0\ncpu0 50 10 150 2000 25 3 3 40 4 0\n';
  t.strictSame(parseCpuTimes(stat), { busy: 4.33, idle: 40.5, steal: 0.8 });
  t.equal(parseCpuTimes('cpu0 1 2 3 4 5 6 7 8\n'), null);
  t.equal(parseCpuTimes('cpu  1 2 3 4\n'), null);
  t.equal(parseCpuTimes(null), null);
});

t.test('the load average is that of the last minute', async (t) => {
  t.equal(parseLoadAverage('1.47 0.90 0.40 3/107 13151\n'), 1.47);
  t.equal(parseLoadAverage('none'), null);
  t.equal(parseLoadAverage(null), null);
});

t.test('frequencies are those of all processors', async (t) => {
  const cpuinfo = 'processor\t: 0\ncpu MHz\t\t: 2000.500\n\nprocessor\t: 1\ncpu MHz\t\t: 3000.5\n';
  t.strictSame(parseMhz(cpuinfo), [2000.5, 3000.5]);
  const frequency = { minMhz: 2000.5, meanMhz: 2500.5, maxMhz: 3000.5 };
  t.strictSame(frequencyOf(parseMhz(cpuinfo)), frequency);
  t.equal(frequencyOf(parseMhz('CPU part\t: 0xd0c\n')), null);
  t.equal(frequencyOf(parseMhz(null)), null);
});

t.test('throttling is the sum over the groups that can throttle', async (t) => {
  const group = 'usage_usec 5\nnr_periods 9\nnr_throttled 2\nthrottled_usec 1500000\n';
  const without = 'usage_usec 5\nuser_usec 4\nsystem_usec 1\n';
  t.strictSame(parseThrottling([without, group, group]), { periods: 4, seconds: 3 });
  t.equal(parseThrottling([without, null]), null);
  t.equal(parseThrottling([]), null);
});

const BEFORE: MachineReading = {
  at: 100,
  cpu: { busy: 1000, idle: 5000, steal: 10 },
  ownS: 1,
  loadAverage: 0.5,
  frequency: { minMhz: 2000, meanMhz: 2500, maxMhz: 3000 },
  throttling: { periods: 1, seconds: 0.5 },
};

const AFTER: MachineReading = {
  at: 104,
  cpu: { busy: 1006, idle: 5001, steal: 11 },
  ownS: 1.25,
  loadAverage: 1.5,
  frequency: { minMhz: 1000, meanMhz: 1500, maxMhz: 2000 },
  throttling: { periods: 4, seconds: 0.75 },
};

t.test('the load between two readings is their difference', async (t) => {
  t.strictSame(machineLoadBetween(BEFORE, AFTER, 3.75), {
    seconds: 4,
    stealShare: 0.125,
    busyCpus: 1.5,
    othersCpus: 0.5,
    loadAverageBefore: 0.5,
    loadAverageAfter: 1.5,
    frequency: { minMhz: 1000, meanMhz: 2000, maxMhz: 3000 },
    throttling: { periods: 3, seconds: 0.25 },
  });
});

t.test('a value that one reading lacks is unknown', async (t) => {
  const nothing = { ...AFTER, cpu: null, frequency: null, throttling: null };
  t.match(machineLoadBetween(BEFORE, nothing, 1), {
    stealShare: null,
    busyCpus: null,
    othersCpus: null,
    frequency: BEFORE.frequency,
    throttling: null,
  });
  t.equal(machineLoadBetween(BEFORE, AFTER, null).othersCpus, null);
  t.equal(machineLoadBetween(BEFORE, AFTER, 100).othersCpus, 0);
  t.match(machineLoadBetween(BEFORE, BEFORE, 0), { stealShare: null, busyCpus: null });
});

t.test('the load of this machine can be read', async (t) => {
  const [before, after] = [readMachineLoad(), readMachineLoad()];
  const { seconds, stealShare, busyCpus } = machineLoadBetween(before, after, 0);
  t.ok(seconds > 0);
  t.ok(stealShare === null || (stealShare >= 0 && stealShare <= 1));
  t.ok(busyCpus === null || busyCpus >= 0);
});
