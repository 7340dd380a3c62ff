/** Remarks in captions about what a graph does not show. */

import type { Study, StudyCell } from '../study/study.js';
import { listed } from '../text/phrases.js';

const ONE_TRIAL = 'One trial per cell: there are no intervals, and the order may be due to chance.';

/** The intervals of medians: their confidence level depends on the number of trials. */
export function withIntervals({ measured }: Study): string {
  const levels = rangeOf(
    measured.flatMap(({ row }) =>
      [row.throughput?.level ?? [], row.efficiency?.level ?? []].flat(),
    ),
  );
  return levels === null
    ? ''
    : ` with intervals of the median between two trials (order statistics), confidence level ${levels}`;
}

/** For tables. */
export function inBrackets(study: Study): string {
  return withIntervals(study).replace(/^ with/, '; in brackets');
}

/** The intervals of ratios to the baseline. */
export function ratioIntervals({ measured }: Study): string {
  const levels = rangeOf(measured.flatMap(({ row }) => row.toControl?.level ?? []));
  return levels === null
    ? ''
    : `, with Student’s interval over the trials (of one sliced trial: over its batches), confidence level ${levels}`;
}

/** Confidence levels, rounded down, so that none is overstated; null if there is none. */
export function rangeOf(levels: readonly number[]): string | null {
  if (levels.length === 0) return null;
  const [least, most] = [Math.min(...levels), Math.max(...levels)].map((level) =>
    Math.floor(level * 100 + 1e-9),
  );
  return least === most ? `${most} %` : `${least} to ${most} %`;
}

/** For graphs with intervals. */
export function onIntervals(study: Study): string {
  const most = Math.max(...study.measured.map(({ valid }) => valid.length));
  if (most <= 1) return ONE_TRIAL;
  const single = study.measured.filter(({ valid }) => valid.length === 1);
  return single.length === 0
    ? ''
    : `No interval, because only one trial is valid: ${listed(single.map(nameOf))}.`;
}

/** For graphs that merge trials. */
export function onMerging(study: Study): string {
  const most = Math.max(...study.measured.map(({ valid }) => valid.length));
  return most <= 1 ? 'One trial per cell: the variation between trials is unknown.' : '';
}

/** Cells that are missing from a graph, and cells of which some trials are invalid. */
export function onCells(
  { cells }: Study,
  shown: (cell: StudyCell) => boolean = () => true,
): string {
  const reasons = new Map<string, StudyCell[]>();
  for (const cell of cells) {
    const why = absence(cell, shown);
    if (why !== null) reasons.set(why, [...(reasons.get(why) ?? []), cell]);
  }
  const missing = [...reasons].map(([why, some]) => `${grouped(some, cells)} (${why})`);
  const partly = cells
    .filter(({ valid, records }) => valid.length > 0 && valid.length < records.length)
    .map((cell) => `${nameOf(cell)} (${cell.valid.length} of ${cell.records.length})`);
  return joined(
    missing.length > 0 ? `Missing: ${missing.join('; ')}.` : '',
    partly.length > 0 ? `Valid trials only: ${listed(partly)}.` : '',
  );
}

/** A server that is missing under every load is named once, and so is a load under which several are, and all of them. */
function grouped(missing: readonly StudyCell[], all: readonly StudyCell[]): string {
  const allLike = (kind: 'series' | 'level', cell: StudyCell) =>
    all.filter((each) => each[kind] === cell[kind]);
  const areMissing = (cells: readonly StudyCell[]) => cells.every((each) => missing.includes(each));
  const names = missing.map((cell) => {
    if (areMissing(allLike('series', cell))) return cell.series.name;
    const sameLoad = allLike('level', cell);
    return sameLoad.length > 1 && areMissing(sameLoad) ? cell.level.label : nameOf(cell);
  });
  return listed([...new Set(names)]);
}

function absence(cell: StudyCell, shown: (cell: StudyCell) => boolean): string | null {
  if (cell.cell.skipped !== null) return 'skipped';
  if (cell.valid.length === 0) return cell.records.length > 0 ? 'no valid trial' : 'not run';
  return shown(cell) ? null : 'no figure';
}

/** Cells whose throughput is the client's. */
export function onClient({ measured }: Study): string {
  const bound = measured.filter(({ row }) => row.clientBound);
  if (bound.length === 0) return '';
  const who = bound.length === measured.length ? 'all cells' : listed(bound.map(nameOf));
  return `Hollow: client-bound (${who}); the server could serve more.`;
}

export function nameOf({ series, level }: StudyCell): string {
  return `${series.name} at ${level.label}`;
}

export function joined(...sentences: readonly string[]): string {
  return sentences.filter((text) => text !== '').join(' ');
}
