/** Pools against each other, with as many workers and under as many clients. */
import { groupBy } from '../../../lib/group.js';
import { levelKey } from '../../plan/load-level.js';
import { type Contest, contestsBetween, type PairsOfCells } from './contests.js';
import { poolCells } from './pools.js';
import type { Study, StudyCell } from './study.js';

interface Combination {
  readonly workers: number;
  readonly clients: number;
  /** Names of the two pools. */
  readonly names: readonly [first: string, second: string];
}

export type PoolContest = Combination & Contest;

/** By rising workers, then by rising clients. */
export function poolContestsOf(study: Study): readonly PoolContest[] {
  const alike = groupBy(poolCells(study), ({ cell }) => `${cell.workers} ${cell.connections}`);
  const matches = [...alike.values()].flatMap((cells) => matchesAmong(study, cells));
  matches.sort((a, b) => a.workers - b.workers || a.clients - b.clients);
  return contestsBetween(study, matches);
}

function matchesAmong(study: Study, cells: readonly [StudyCell, ...StudyCell[]]) {
  const { workers, connections: clients } = cells[0].cell;
  const servers = [...groupBy(cells, ({ cell }) => study.nameOf(cell.server))];
  return servers.flatMap(([first, own], i) =>
    servers.slice(i + 1).map(([second, others]) => ({
      ...{ workers, clients, names: [first, second] as const },
      pairs: underTheSameLoad(own, others),
    })),
  );
}

function underTheSameLoad(own: readonly StudyCell[], others: readonly StudyCell[]): PairsOfCells {
  return own.flatMap((cell) => {
    const other = others.find(({ level }) => levelKey(level) === levelKey(cell.level));
    return other ? [[cell, other] as const] : [];
  });
}
