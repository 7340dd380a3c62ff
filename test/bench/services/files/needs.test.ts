import t from 'tap';
import { contentMemory } from '../../../../bench/services/files/content.js';
import { files } from '../../../../bench/services/files/files.js';
import { needs } from '../../../../bench/services/files/needs.js';

const MIB = 2 ** 20;

function needed(flags: object, connections = 50, repeat = 2) {
  const [load] = files.loads(flags);
  if (!load) throw new Error('no load');
  return needs({ ...load, connections, repeat, timeoutNs: 1e9, stallNs: 0 });
}

t.test('uploads need room for every file of every client', async (t) => {
  t.equal(needed({ op: ['upload'], size: [100 * MIB] }).bytes, 100 * 100 * MIB);
  t.equal(needed({ op: ['upload'], size: [1] }).bytes, 100 * 4096, 'in whole pages');
});

t.test('a download needs one file, whatever the number of clients', async (t) => {
  t.equal(needed({ op: ['download'], size: [100 * MIB] }).bytes, 100 * MIB);
});

t.test('empty files need a little', async (t) => {
  t.equal(needed({ op: ['list'], entries: 7 }).bytes, 7 * 1024);
  t.equal(needed({ op: ['delete'] }).bytes, 100 * 1024);
});

t.test(
  'the storage is in memory or in the requested directory; contents are in memory',
  async (t) => {
    t.match(needed({}), { directory: '/dev/shm', shared: { directory: '/dev/shm' } });
    t.match(needed({ storage: '/srv' }), { directory: '/srv', shared: { directory: '/dev/shm' } });
  },
);

t.test('the content of each size is shared; a list has none', async (t) => {
  t.same(needed({ op: ['upload'], size: [1000] }).shared.bytes, { 1000: contentMemory(1000) });
  t.same(needed({ op: ['list'] }).shared.bytes, {});
});
