/** A cell's efficiency relative to another server under the same load: the baseline, or else the best server. */

import { levelKey } from '../../plan/load-level.js';
import { inverted, pairOf } from '../../statistics/leaders.js';
import { type LoadVerdict, type Standing, verdictsBy } from '../../statistics/verdicts.js';
import type { Study, StudyCell } from './study.js';
import { isSliced } from './uninterrupted.js';

export interface RelativeEfficiency {
  readonly to: 'baseline' | 'best';
  /** Null if there is none. */
  readonly ratioOf: (cell: StudyCell) => number | null;
  /** It has too few valid trials, and others failed. A run with few trials by its plan is no reason. */
  readonly isDoubtful: (cell: StudyCell) => boolean;
}

/** To the baseline only if it ran beside every cell: otherwise its load may be another one. */
export function relativeEfficiency(study: Study): RelativeEfficiency {
  const placeOf = (cell: StudyCell) => placeIn(study, cell);
  const isDoubtful = (cell: StudyCell) =>
    cell.valid.length < cell.records.length && placeOf(cell)?.standing.unranked !== null;
  const { measured, series } = study;
  if (series.length > 1 && !measured.every(isSliced))
    return { to: 'best', ratioOf: (cell) => toBest(placeOf(cell)), isDoubtful };
  const toBaseline = (cell: StudyCell) =>
    isSliced(cell) ? (cell.row.toControl?.median ?? null) : null;
  return { to: 'baseline', ratioOf: toBaseline, isDoubtful };
}

interface Place {
  readonly verdict: LoadVerdict;
  readonly standing: Standing;
}

function placeIn({ verdicts }: Study, { cell, level }: StudyCell): Place | null {
  const verdict = verdictsBy('efficiency', verdicts).find(
    ({ load }) => levelKey(load) === levelKey(level),
  );
  const standing = verdict?.standings.find((one) => one.cell === cell);
  return verdict && standing ? { verdict, standing } : null;
}

function toBest(place: Place | null): number | null {
  const best = place?.verdict.standings[0];
  if (!place || !best || best.figure === null) return null;
  if (best === place.standing) return 1;
  const pair = pairOf(place.verdict, best, place.standing);
  return (pair && inverted(pair)?.ratio) ?? null;
}
