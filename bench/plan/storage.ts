/** Whether the files of a cell's trials fit into the file systems and the memory of this machine. Pure. */
import { type Machine, usableMemory } from '../../lib/catalog/ceilings.js';
import { groupBy } from '../../lib/group.js';
import type { Obstacle } from '../../lib/schema/obstacles.js';
import { sum, sumOf } from '../../lib/sums.js';
import { type FileSystem, isInMemory } from '../../lib/system/file-system.js';
import { servedService } from '../services/registry.js';
import type { StorageNeeds } from '../services/service.js';
import type { Cell } from './cell.js';

type Unskipped = Omit<Cell, 'uninterrupted' | 'skipped'>;
type SharedBytes = StorageNeeds['shared']['bytes'];

type TooSmall = Extract<Obstacle, { readonly kind: 'storage too small' }>;

/** Bytes in a directory. */
interface Part {
  readonly directory: string;
  readonly bytes: number;
}

/**
 * Why the files don't fit, by the lowest limit; null if they do, or if it is unknown. `sides`: servers that have a storage at the same time.
 * `others`: what cells share and is there too, by name.
 */
export function storageObstacle(
  cell: Unskipped,
  machine: Machine,
  sides: number,
  others: SharedBytes = {},
): Obstacle | null {
  const needs = servedService(cell).needs?.(cell);
  if (!needs) return null;
  const { directory, bytes, shared } = needs;
  const parts = [
    { directory, bytes: cell.hosts === 0 ? 0 : sides * bytes },
    { directory: shared.directory, bytes: sum(Object.values({ ...others, ...shared.bytes })) },
  ].filter((part) => part.bytes > 0);
  const found = [...onFileSystems(parts, machine), ...inMemory(parts, machine)];
  return found.sort((a, b) => a.free - b.free)[0] ?? null;
}

/** The parts of each file system, against its free space. */
function onFileSystems(parts: readonly Part[], { fileSystems }: Machine): readonly TooSmall[] {
  const deviceOf = ({ directory }: Part) => fileSystems[directory]?.device ?? directory;
  return [...groupBy(parts, deviceOf).values()].flatMap((together) =>
    excess(together, fileSystems[together[0].directory]?.freeBytes ?? null),
  );
}

/** The parts of all file systems in memory, against the memory of the machine and of the control group. */
function inMemory(parts: readonly Part[], machine: Machine): readonly TooSmall[] {
  const isHeld = ({ directory }: Part) => {
    const found: FileSystem | undefined = machine.fileSystems[directory];
    return found !== undefined && isInMemory(found);
  };
  const { memoryMaxBytes: limit } = machine.limits.cgroup;
  const bounds = [machine.availableMemory, limit].map((availableMemory) =>
    usableMemory({ availableMemory }),
  );
  const known = bounds.filter((bound) => bound !== null);
  return excess(parts.filter(isHeld), known.length === 0 ? null : Math.min(...known));
}

function excess(parts: readonly Part[], free: number | null): TooSmall[] {
  const needs = sumOf(parts, ({ bytes }) => bytes);
  const [first] = parts;
  if (first === undefined || free === null || needs <= free) return [];
  return [{ kind: 'storage too small', directory: first.directory, needs, free }];
}

/** Skips, in their order, the cells that don't fit beside what the cells before them share, or that would displace one. */
export function withinStorage(cells: readonly Cell[], machine: Machine): readonly Cell[] {
  const fitting: Cell[] = [];
  let shared: SharedBytes = {};
  return cells.map((cell) => {
    if (cell.skipped !== null) return cell;
    const together = { ...shared, ...sharedOf(cell) };
    const adds = Object.keys(together).length > Object.keys(shared).length;
    const skipped = firstObstacle(adds ? [cell, ...fitting] : [cell], machine, together);
    if (skipped !== null) return { ...cell, skipped };
    fitting.push(cell);
    shared = together;
    return cell;
  });
}

function firstObstacle(
  cells: readonly Cell[],
  machine: Machine,
  shared: SharedBytes,
): Obstacle | null {
  for (const cell of cells) {
    const sides = cell.uninterrupted === null ? 2 : 1;
    const obstacle = storageObstacle(cell, machine, sides, shared);
    if (obstacle !== null) return obstacle;
  }
  return null;
}

function sharedOf(cell: Cell): SharedBytes {
  return servedService(cell).needs?.(cell).shared.bytes ?? {};
}
