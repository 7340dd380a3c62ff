/** Pools against each other, with as many workers and under as many clients. */
import { groupBy } from '../../../lib/group.js';
import { levelKey } from '../../plan/load-level.js';
import { type Contest, contestsBetween, matchesOf } from './contests.js';
import { byWorkersAndClients, poolCells } from './pools.js';
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
  return contestsBetween(study, matches.sort(byWorkersAndClients));
}

function matchesAmong(study: Study, cells: readonly [StudyCell, ...StudyCell[]]) {
  const { workers, connections: clients } = cells[0].cell;
  const pools = groupBy(cells, ({ cell }) => study.nameOf(cell.server));
  const matches = matchesOf(pools, ({ level }) => levelKey(level));
  return matches.map((match) => ({ workers, clients, ...match }));
}
