/** CPU lists, see cpuset(7), and the assignment of CPUs to server and client. */

import { availableParallelism } from 'node:os';
import t from 'tap';
import {
  allowedCpus,
  coreOf,
  formatCpuList,
  parseAllowedCpus,
  parseCpuList,
  splitCpus,
} from '../../../lib/system/cpus.js';

t.test('a list names CPUs and ranges of them', async (t) => {
  t.strictSame(parseCpuList('0-3,5'), [0, 1, 2, 3, 5]);
  t.strictSame(parseCpuList('7'), [7]);
  t.strictSame(parseCpuList('4-4\n'), [4]);
});

t.test('a list in any order, with repetitions, names each CPU once', async (t) => {
  t.strictSame(parseCpuList('10, 2, 1-3'), [1, 2, 3, 10]);
});

t.test('a malformed list is refused with one line that names the fault', async (t) => {
  for (const list of ['', 'a', '0-', '-1', '1,,2', '0-3-5', '1.5', '0-8:2', '0x3']) {
    t.throws(() => parseCpuList(list), { message: /^CPU list '.*is not a CPU/ }, list);
  }
  t.throws(() => parseCpuList('0,3-1'), {
    message: "CPU list '0,3-1': the range 3-1 is descending",
  });
  t.throws(() => parseCpuList('0-99999999999'), { message: /99999999999 is above 8191/ });
});

t.test('CPUs are written as the shortest list', async (t) => {
  t.equal(formatCpuList([0, 1, 2, 3, 5]), '0-3,5');
  t.equal(formatCpuList([10, 9, 2, 2]), '2,9-10');
  t.equal(formatCpuList([0]), '0');
  t.equal(formatCpuList([]), '');
});

t.test('a list that is parsed and formatted again is unchanged', async (t) => {
  for (const list of ['0', '0-1', '0-3,5', '1,3,5-7,8191']) {
    t.equal(formatCpuList(parseCpuList(list)), list);
  }
});

t.test('possible CPUs that are not present are not allowed CPUs', async (t) => {
  const status = 'Cpus_allowed:\tffff\nCpus_allowed_list:\t0-127\n';
  t.strictSame(parseAllowedCpus(status, '0-3\n'), [0, 1, 2, 3]);
  t.equal(parseAllowedCpus(status, null).length, 128);
});

t.test('a status file without CPUs is an error', async (t) => {
  t.throws(() => parseAllowedCpus('Name:\tnode\n', null), { message: /Cpus_allowed_list/ });
});

t.test('server and client get half of the CPUs each', async (t) => {
  t.strictSame(splitCpus([0, 1, 4, 5]), { server: [0, 1], client: [4, 5], shared: false });
});

t.test('an odd CPU goes to the client', async (t) => {
  t.strictSame(splitCpus([0, 1, 2]), { server: [0], client: [1, 2], shared: false });
});

t.test('one CPU is shared', async (t) => {
  t.strictSame(splitCpus([3]), { server: [3], client: [3], shared: true });
});

t.test('hardware threads of one core are assigned to the same side', async (t) => {
  const split = splitCpus([0, 1, 2, 3, 4, 5, 6, 7], (cpu) => cpu % 4);
  t.strictSame(split, { server: [0, 4, 1, 5], client: [2, 6, 3, 7], shared: false });
});

t.test('this process may run on as many CPUs as Node counts', async (t) => {
  const allowed = allowedCpus();
  t.equal(allowed.length, availableParallelism());
  t.ok(allowed.every((cpu) => coreOf(cpu) <= cpu));
});

t.test('an unknown CPU counts as a separate core', async (t) => {
  t.equal(coreOf(8000), 8000);
});
