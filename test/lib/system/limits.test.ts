/** Reading the limits of getrlimit(2) and sysctls, see proc(5). */

import t from 'tap';
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

t.test('an infinite limit is a string, because JSON has no infinity', async (t) => {
  const limit = parseResourceLimit(LIMITS, 'Max processes');
  t.strictSame(JSON.parse(JSON.stringify(limit)), { soft: 'unlimited', hard: 96365 });
});

t.test('a limit that is not listed is unknown, and a partial name does not match', async (t) => {
  const unknown = { soft: null, hard: null };
  t.strictSame(parseResourceLimit(LIMITS, 'Max locked memory'), unknown);
  t.strictSame(parseResourceLimit(LIMITS, 'Max open'), unknown);
  t.strictSame(parseResourceLimit(null, 'Max open files'), unknown);
});

t.test('a port range has a lower and an upper bound', async (t) => {
  t.strictSame(parsePortRange('32768\t60999\n'), { low: 32768, high: 60999 });
  t.equal(parsePortRange('32768\n'), null);
  t.equal(parsePortRange(null), null);
});

t.test('the limits of this machine are consistent', async (t) => {
  const { descriptors, nrOpen, ephemeralPorts, somaxconn, pidMax } = readLimits();
  const { soft, hard } = descriptors;
  t.ok(typeof soft === 'number' && soft > 0);
  t.ok(typeof soft !== 'number' || typeof hard !== 'number' || soft <= hard);
  t.ok(typeof hard !== 'number' || nrOpen === null || hard <= nrOpen);
  t.ok(ephemeralPorts === null || ephemeralPorts.low < ephemeralPorts.high);
  t.ok(somaxconn === null || somaxconn > 0);
  t.ok(pidMax === null || pidMax >= process.pid);
});
