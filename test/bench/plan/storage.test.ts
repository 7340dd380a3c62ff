import t from 'tap';
import { plan, planLoad } from '../../../bench/plan/plan.js';
import { files } from '../../../bench/services/files/files.js';
import type { Machine } from '../../../lib/catalog/ceilings.js';
import { OPTIONS, ROOMY } from '../../support/cells.js';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const SHM = { type: 'tmpfs', device: '0:1', freeBytes: 64 * GIB };
const DISK = { type: 'ext4', device: '8:1', freeBytes: 64 * GIB };

function machineWith(change: Partial<Machine>): Machine {
  return { ...ROOMY, fileSystems: { '/dev/shm': SHM, '/srv': DISK }, ...change };
}

function skipped(flags: object, machine: Machine, connections = [50]) {
  const options = { ...OPTIONS, service: files.name, loads: files.loads(flags), repeat: 1 };
  return plan({ ...options, connections }, machine).cells.map((cell) => cell.skipped);
}

const UPLOADS = { op: ['upload'], size: [100 * MIB] };
/** 50 files of 100 MiB, and the content with its encoded form. */
const CONTENT = 100 * MIB + 4 * Math.ceil((100 * MIB) / 3);
const NEEDED = 5000 * MIB + CONTENT;

t.test('a cell whose files do not fit into its file system is skipped', async (t) => {
  const withFree = (freeBytes: number | null) =>
    machineWith({ fileSystems: { '/dev/shm': { ...SHM, freeBytes } } });
  const obstacle = { kind: 'storage too small', directory: '/dev/shm', needs: NEEDED };
  t.same(skipped(UPLOADS, withFree(NEEDED)), [null]);
  t.same(skipped(UPLOADS, withFree(NEEDED - 1)), [{ ...obstacle, free: NEEDED - 1 }]);
  t.same(skipped(UPLOADS, withFree(null)), [null], 'it has no limit');
  t.same(skipped(UPLOADS, machineWith({ fileSystems: {} })), [null], 'it is unknown');
});

t.test('what another service transfers in place of files needs no room', async (t) => {
  const full = machineWith({ fileSystems: { '/dev/shm': { ...SHM, freeBytes: 0 } } });
  t.same(skipped({ ...UPLOADS, wire: ['bulk'] }, full), [null]);
});

t.test('files in memory need four fifths of the available memory, or of its limit', async (t) => {
  const needed = Math.ceil(NEEDED / 0.8) + 1;
  t.same(skipped(UPLOADS, machineWith({ availableMemory: needed })), [null]);
  t.match(skipped(UPLOADS, machineWith({ availableMemory: needed - 100 })), [
    { kind: 'storage too small', directory: '/dev/shm', needs: NEEDED },
  ]);
  const cgroup = { ...ROOMY.limits.cgroup, memoryMaxBytes: 4 * GIB };
  t.match(skipped(UPLOADS, machineWith({ limits: { ...ROOMY.limits, cgroup } })), [
    { kind: 'storage too small', free: Math.floor(0.8 * 4 * GIB) },
  ]);
});

t.test('files on a disk need no memory, but their content does', async (t) => {
  const flags = { ...UPLOADS, storage: '/srv' };
  t.same(skipped(flags, machineWith({ availableMemory: GIB })), [null]);
  t.match(skipped(flags, machineWith({ availableMemory: CONTENT })), [
    { directory: '/dev/shm', needs: CONTENT },
  ]);
  const full = { ...DISK, freeBytes: GIB };
  const disk = machineWith({ fileSystems: { '/dev/shm': SHM, '/srv': full } });
  t.match(skipped(flags, disk), [{ directory: '/srv', needs: 5000 * MIB, free: GIB }]);
});

t.test('the lowest limit is named', async (t) => {
  const fileSystems = { '/dev/shm': { ...SHM, freeBytes: 3 * GIB } };
  const [at1, at5] = [1, 5].map((gib) => machineWith({ fileSystems, availableMemory: gib * GIB }));
  t.match(skipped(UPLOADS, at1 as Machine), [{ free: Math.floor(0.8 * GIB) }]);
  t.match(skipped(UPLOADS, at5 as Machine), [{ free: 3 * GIB }]);
});

t.test('cells that fit are run', async (t) => {
  const machine = machineWith({ fileSystems: { '/dev/shm': { ...SHM, freeBytes: GIB } } });
  const kinds = skipped(UPLOADS, machine, [1, 50]).map((obstacle) => obstacle?.kind);
  t.same(kinds, [undefined, 'storage too small']);
});

t.test('contents of other sizes that are made take room too', async (t) => {
  const flags = { op: ['download'], size: [100 * MIB, 200 * MIB, 4 * GIB] };
  const withFree = (freeBytes: number) =>
    machineWith({ fileSystems: { '/dev/shm': { ...SHM, freeBytes } } });
  const kinds = (freeBytes: number) =>
    skipped(flags, withFree(freeBytes)).map((obstacle) => obstacle === null);
  t.same(kinds(1000 * MIB), [true, true, false], 'that of 4 GiB is not made');
  t.same(kinds(700 * MIB), [true, false, false], 'each alone would fit');
});

t.test('a trial is not sliced if the files of both sides do not fit', async (t) => {
  const options = {
    ...OPTIONS,
    service: files.name,
    loads: files.loads({ op: ['download'], size: [10 * MIB] }),
    slices: 'on' as const,
    repeat: 0,
    durationNs: 60e9,
  };
  const content = 10 * MIB + 4 * Math.ceil((10 * MIB) / 3);
  const of = (freeBytes: number) => {
    const fileSystems = { '/dev/shm': { ...SHM, freeBytes } };
    const [cell] = plan(options, machineWith({ fileSystems })).cells;
    return [cell?.uninterrupted, cell?.skipped];
  };
  t.same(of(content + 20 * MIB), [null, null]);
  t.same(of(content + 10 * MIB), ['storage', null]);
});

t.test('the client alone needs room for the content, and none for the storage', async (t) => {
  const options = { ...OPTIONS, service: files.name, loads: files.loads(UPLOADS) };
  const of = (freeBytes: number) =>
    planLoad(options, machineWith({ fileSystems: { '/dev/shm': { ...SHM, freeBytes } } })).cells[0]
      ?.skipped;
  t.equal(of(CONTENT), null);
  t.match(of(CONTENT - 1), { kind: 'storage too small', needs: CONTENT });
});

t.test('a service without files needs nothing', async (t) => {
  const none = { ...SHM, freeBytes: 0 };
  const machine = machineWith({ fileSystems: { '/dev/shm': none, '/srv': none } });
  t.equal(plan(OPTIONS, machine).cells[0]?.skipped, null);
});
