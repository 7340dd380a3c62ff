/** Which contender does the same work with less CPU, and where the data can't tell. Pure. */
import type { Cell, Plan } from '../plan/plan.js';
import type { TrialRecord } from '../record.js';
import { mannWhitney } from './mann-whitney.js';
import { type Estimate, estimate, medianOf } from './median.js';
import { pOfRatio, ratioOf } from './ratio.js';
import { logToControl } from './to-control.js';

export const SIGNIFICANT = 0.05;

/** What every contender of a comparison was put under. */
export interface LoadLevel {
  readonly connections: number;
  readonly idle: number;
  /** Messages per second; 0: closed loop. */
  readonly rate: number;
  /** Of a message's text, on average. */
  readonly bytes: number;
}

/** The same for equal loads only. */
export function levelKey({ connections, idle, rate, bytes }: LoadLevel): string {
  return [connections, idle, rate, bytes].join();
}

/** A cell among others under the same load. */
export interface Contender {
  readonly cell: Cell;
  /** Requests per server-CPU-second. */
  readonly efficiency: Estimate;
}

export interface PairVerdict {
  readonly better: Contender;
  readonly worse: Contender;
  /** Of the better's efficiency to the worse's, in the same block. Null: no block has both. */
  readonly ratio: Estimate | null;
  readonly p: number;
  /** Cliff's delta. */
  readonly delta: number;
  /** p is small, and the interval of the ratio excludes 1. */
  readonly differs: boolean;
}

export interface RankedContender extends Contender {
  /** The leader's efficiency as a multiple of this one's; null for the leader itself. */
  readonly behind: PairVerdict | null;
  /** In a better place, and yet the data can't tell the two apart. */
  readonly unresolved: readonly Contender[];
}

/** One place of a ranking: those that can't be told from its first. */
export type Place = readonly RankedContender[];

export interface LoadVerdict {
  readonly load: LoadLevel;
  /** Best first. */
  readonly places: readonly Place[];
  readonly pairs: readonly PairVerdict[];
  /** The smallest p that so many trials can give: 0 from slices, 1 with one contender. */
  readonly smallestP: number;
}

export type Verdicts = readonly LoadVerdict[];

export function verdicts(
  { cells }: Pick<Plan, 'cells'>,
  records: readonly TrialRecord[],
): Verdicts {
  const byLoad = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = levelKey(cell);
    byLoad.set(key, [...(byLoad.get(key) ?? []), cell]);
  }
  return [...byLoad.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : verdictOf(first, [first, ...others], records),
  );
}

/** What a cell's valid trials are compared by, by block. */
type ByBlock = ReadonlyMap<number, number>;

/** Ratios to the control, where slices measured them; otherwise requests per server-CPU-second. */
type Figure = (record: TrialRecord) => number | null;

const efficiency: Figure = ({ measurement }) => measurement?.efficiency ?? null;

const toControl: Figure = (record) => {
  const log = logToControl(record);
  return log === null ? null : Math.exp(log);
};

/** The same for all of a load level. */
function figureFor(cells: readonly Cell[]): Figure {
  const runnable = cells.filter(({ skipped }) => skipped === null);
  return runnable.every(({ uninterrupted }) => uninterrupted === null) ? toControl : efficiency;
}

function verdictOf(
  { connections, idle, rate, bytes }: Cell,
  cells: readonly Cell[],
  records: readonly TrialRecord[],
): LoadVerdict {
  const figure = figureFor(cells);
  const values = new Map(cells.map((cell) => [cell.number, valuesOfCell(cell, records, figure)]));
  const valuesOf = ({ cell }: Contender) => values.get(cell.number) as ByBlock;
  const typical = (contender: Contender) => medianOf([...valuesOf(contender).values()]) ?? 0;
  const contenders = cells
    .flatMap((cell) => {
      const own = estimate([...valuesOfCell(cell, records, efficiency).values()]);
      return own === null ? [] : [{ cell, efficiency: own }];
    })
    .sort((a, b) => typical(b) - typical(a));
  const [compare, smallest] =
    figure === toControl ? [comparePaired, smallestPaired] : [compareUnpaired, smallestP];
  const pairs = contenders.flatMap((better, i) =>
    contenders.slice(i + 1).map((worse) => compare(better, worse, valuesOf)),
  );
  return {
    load: { connections, idle, rate, bytes },
    places: rank(contenders, pairs),
    pairs,
    smallestP: Math.min(1, ...pairs.map(({ better, worse }) => smallest(better, worse, valuesOf))),
  };
}

function valuesOfCell({ number }: Cell, records: readonly TrialRecord[], figure: Figure): ByBlock {
  return new Map(
    records.flatMap((record) => {
      if (record.cell !== number || !record.verdict.valid) return [];
      const value = figure(record);
      return value ? [[record.block, value] as const] : [];
    }),
  );
}

type ValuesOf = (contender: Contender) => ByBlock;

/** In each block: the better's value as a multiple of the worse's. */
function ratiosByBlock(a: ByBlock, b: ByBlock): number[] {
  return [...a].flatMap(([block, value]) => {
    const other = b.get(block);
    return other === undefined ? [] : value / other;
  });
}

/** Ratios to the control are free of drift: their own spread decides. */
function comparePaired(better: Contender, worse: Contender, valuesOf: ValuesOf): PairVerdict {
  const [a, b] = [valuesOf(better), valuesOf(worse)];
  const logs = ratiosByBlock(a, b).map(Math.log);
  const p = pOfRatio(logs);
  const { delta } = mannWhitney([...a.values()], [...b.values()]) ?? { delta: 0 };
  return { better, worse, ratio: ratioOf(logs), p, delta, differs: p < SIGNIFICANT };
}

function compareUnpaired(better: Contender, worse: Contender, valuesOf: ValuesOf): PairVerdict {
  const [a, b] = [valuesOf(better), valuesOf(worse)];
  const ratio = estimate(ratiosByBlock(a, b));
  const { p, delta } = mannWhitney([...a.values()], [...b.values()]) ?? { p: 1, delta: 0 };
  const apart = ratio !== null && ratio.low !== null && (ratio.low > 1 || (ratio.high ?? 1) < 1);
  return { better, worse, ratio, p, delta, differs: p < SIGNIFICANT && apart };
}

/** A contender opens a place of its own where it differs from the first of the place before. */
function rank(contenders: readonly Contender[], pairs: readonly PairVerdict[]): Place[] {
  const between = (better: Contender, worse: Contender) =>
    pairs.find((pair) => pair.better === better && pair.worse === worse);
  const places: Contender[][] = [];
  for (const contender of contenders) {
    const place = places.at(-1);
    const first = place?.[0];
    if (place && first && !between(first, contender)?.differs) place.push(contender);
    else places.push([contender]);
  }
  const leader = contenders[0];
  return places.map((place, i) => {
    const above = places.slice(0, i).flat();
    return place.map((contender) => ({
      ...contender,
      behind: (leader && between(leader, contender)) ?? null,
      unresolved: above.filter((better) => !between(better, contender)?.differs),
    }));
  });
}

/** Ratios in two blocks can agree so well that any p comes out. */
function smallestPaired(better: Contender, worse: Contender, valuesOf: ValuesOf): number {
  return ratiosByBlock(valuesOf(better), valuesOf(worse)).length < 2 ? 1 : 0;
}

/** Two samples that don't overlap at all: 2 of all the ways to deal their ranks are so extreme. */
function smallestP(better: Contender, worse: Contender, valuesOf: ValuesOf): number {
  const [n, m] = [valuesOf(better).size, valuesOf(worse).size];
  let ways = 1;
  for (let i = 1; i <= m; i++) ways = (ways * (n + i)) / i;
  return Math.min(1, 2 / ways);
}
