/** The pools of a run, whose workers serve a connection to its end: how each number of workers does under each number of clients. */
import { MODEL_NAMES, modelNamed } from '../../../lib/catalog/models.js';
import { groupBy } from '../../../lib/group.js';
import { meanIfAny, ratio } from '../../../lib/sums.js';
import { levelKey } from '../../plan/load-level.js';
import type { Study, StudyCell } from './study.js';

/** How pools with these workers did under this number of clients, on average over servers and the other factors. */
export interface Fit {
  readonly workers: number;
  readonly clients: number;
  /** Throughput relative to the best number of workers: a geometric mean. */
  readonly relative: number;
  /** Share of a client's time in which it waited for the server to read its request; null if unknown. */
  readonly waiting: number | null;
}

/** The measured cells of pools; empty unless the number of workers varies. */
export function poolCells({ measured }: Study): readonly StudyCell[] {
  const pools = measured.filter(({ cell }) => isPool(cell.server));
  return new Set(pools.map(({ cell }) => cell.workers)).size > 1 ? pools : [];
}

/** Programs, and servers that were not started here, are in no catalog. */
function isPool(server: string): boolean {
  return MODEL_NAMES.includes(server) && modelNamed(server).serial;
}

/** By rising workers, then by rising clients. */
export function fitsOf(study: Study): readonly Fit[] {
  const cells = poolCells(study).filter((cell) => rateOf(cell) > 0);
  const byClients = groupBy(cells, ({ cell }) => cell.connections);
  const fits = [...byClients].flatMap(([clients, some]) => fitsUnder(clients, some));
  return fits.sort(byWorkersAndClients);
}

type Combination = Pick<Fit, 'workers' | 'clients'>;

/** Orders by rising workers, then by rising clients. */
export function byWorkersAndClients(a: Combination, b: Combination): number {
  return a.workers - b.workers || a.clients - b.clients;
}

function fitsUnder(clients: number, cells: readonly StudyCell[]): readonly Fit[] {
  const gains = [...groupBy(cells, ({ cell }) => cell.workers)].map(([workers, some]) => ({
    workers,
    gain: meanIfAny(some.map((cell) => gainOf(cell, cells))),
    waiting: meanIfAny(some.flatMap((cell) => waitingShare(cell) ?? [])),
  }));
  const best = Math.max(...gains.map(({ gain }) => gain ?? 0));
  return gains.map(({ workers, gain, waiting }) => {
    return { workers, clients, relative: Math.exp((gain ?? 0) - best), waiting };
  });
}

/** Logarithm of the throughput relative to the same pool's mean over its numbers of workers, under the same load. */
function gainOf(cell: StudyCell, cells: readonly StudyCell[]): number {
  const ofPool = cells.filter(
    (other) =>
      other.cell.server === cell.cell.server && levelKey(other.level) === levelKey(cell.level),
  );
  return Math.log(rateOf(cell)) - (meanIfAny(ofPool.map((each) => Math.log(rateOf(each)))) ?? 0);
}

function rateOf({ row }: StudyCell): number {
  return row.throughput?.median ?? 0;
}

function waitingShare({ row }: StudyCell): number | null {
  const { waitingMs, sendingMs, answeringMs } = row.completion?.parts ?? {};
  if (waitingMs == null || sendingMs == null || answeringMs == null) return null;
  return ratio(waitingMs, waitingMs + sendingMs + answeringMs);
}
