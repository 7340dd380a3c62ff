/** The answer in a few sentences: which server needs the least CPU time, by how much, and what is not decided. */

import type { Cell } from '../../plan/plan.js';
import {
  betterOf,
  inverted,
  type Leaders,
  leadersOf,
  type Multiple,
} from '../../statistics/leaders.js';
import { LEAST_BLOCKS } from '../../statistics/paired.js';
import { MARGIN } from '../../statistics/simultaneous.js';
import type { LoadVerdict, PairOfCells, Standing } from '../../statistics/verdicts.js';
import { testedPairs } from '../../statistics/verdicts.js';
import { count } from '../../text/format.js';
import { labelOf } from '../study/load-label.js';
import { seriesName } from '../study/series.js';
import type { Study } from '../study/study.js';
import { code, strong, type Text, words } from '../text/blocks.js';
import { interval, listed, listedWords, times } from '../text/phrases.js';

/** A sentence names no more loads, or servers under one load; the tables have all. */
const MOST_NAMED = 4;

/** `verdicts`: by efficiency, of the loads under which several servers have a figure. */
export function headline(study: Study, verdicts: readonly LoadVerdict[]): Text {
  const leaders = verdicts.flatMap((verdict) => leadersOf(verdict) ?? []);
  if (leaders.length === 0)
    return words`${strong('No servers can be compared.')} A comparison needs ${LEAST_BLOCKS.toString()} blocks with a valid trial of both servers, and more than half of their trials valid. The table lists the medians.`;
  const pairs = leaders.flatMap(({ verdict }) => testedPairs(verdict));
  return [
    ...(leaders.some(({ verdict }) => differs(verdict))
      ? [...leadSentence(study, leaders), ...widestGap(study, leaders)]
      : noDifference(study, leaders, pairs)),
    ...undecided(leaders),
  ];
}

function noDifference(
  study: Study,
  leaders: readonly Leaders[],
  pairs: readonly PairOfCells[],
): Text {
  const which = areAllRanked(leaders) ? 'servers' : 'servers that could be ranked';
  const where = scopeOf(study, leaders);
  return pairs.every(({ verdict }) => verdict === 'same')
    ? words`All ${which} need the same CPU time per ${study.wording.work.one}${where}, within ${String(100 * MARGIN)} %.`
    : words`No significant difference in CPU time per ${study.wording.work.one} between any two ${which}${where}.`;
}

/** The loads of a sentence; empty if the run has only one. */
function scopeOf(study: Study, leaders: readonly Leaders[]): string {
  if (study.levels.length === 1) return '';
  return leaders.length === study.levels.length
    ? ` under each of the ${count(leaders.length, 'load')}`
    : ` at ${listed(leaders.map(({ verdict }) => labelOf(study, verdict)))}`;
}

function nameIn({ nameOf }: Study, { cell }: Standing): string {
  return seriesName(cell, nameOf);
}

function leadSentence(study: Study, leaders: readonly Leaders[]): Text {
  const names = new Set(leaders.map(({ best }) => nameIn(study, best)));
  const alone = leaders.every(({ notWorse }) => notWorse.length === 0);
  const [first] = leaders;
  if (first !== undefined && alone && names.size === 1)
    return words`${strong(nameIn(study, first.best))} needs the least server CPU time per ${study.wording.work.one}${scopeOf(study, leaders)}${amongRanked(leaders)}.`;
  const isNamed = study.levels.length > 1;
  const apart = leaders.filter(({ verdict }) => differs(verdict));
  const parts = apart
    .slice(0, MOST_NAMED)
    .flatMap((one, i): Text => [...(i === 0 ? [] : ['; ']), ...leadersAt(study, one, isNamed)]);
  const most = [...parts, ...more(apart.length - MOST_NAMED, '; the table has', 'further')];
  const alike = leaders.length - apart.length;
  return words`Least server CPU time per ${study.wording.work.one}${amongRanked(leaders)}: ${most}.${more(alike, ' No significant difference under', 'other')}${alike > 0 ? '.' : ''}`;
}

function more(loads: number, before: string, adjective: string): Text {
  return loads > 0 ? [`${before} ${count(loads, `${adjective} load`)}`] : [];
}

function differs(verdict: LoadVerdict): boolean {
  return testedPairs(verdict).some((pair) => pair.verdict === 'different');
}

function leadersAt(study: Study, { verdict, best, notWorse }: Leaders, isNamed: boolean): Text {
  const where = isNamed ? ` at ${labelOf(study, verdict)}` : '';
  if (notWorse.length === 0) return words`${strong(nameIn(study, best))}${where}`;
  const others =
    notWorse.length > MOST_NAMED
      ? `${notWorse.length} others`
      : listedWords(notWorse.map((one) => strong(nameIn(study, one))));
  return words`${strong(nameIn(study, best))}${where}, not significantly better than ${others}`;
}

/** The sentence excludes servers that could not be ranked. */
function amongRanked(leaders: readonly Leaders[]): string {
  return areAllRanked(leaders) ? '' : ', of the servers that could be ranked';
}

function areAllRanked(leaders: readonly Leaders[]): boolean {
  return leaders.every(({ verdict }) =>
    verdict.standings.every(({ unranked }) => unranked === null),
  );
}

interface Gap {
  readonly verdict: LoadVerdict;
  readonly better: Cell;
  readonly worse: Cell;
  readonly multiple: Multiple;
}

function widestGap(study: Study, leaders: readonly Leaders[]): Text {
  const gaps = leaders.flatMap(({ verdict }) =>
    testedPairs(verdict).flatMap((pair) => gapOf(verdict, pair)),
  );
  const [widest] = gaps.sort((one, other) => other.multiple.ratio - one.multiple.ratio);
  if (!widest) return [];
  const { ratio, low, high } = widest.multiple;
  const where = study.levels.length > 1 ? ` at ${labelOf(study, widest.verdict)}` : '';
  const show = ratio < 1.1 ? inThousandths : times;
  return words` Largest significant difference${where}: ${strong(seriesName(widest.worse, study.nameOf))} needs ${show(ratio)} ${interval(low, high, show)} the CPU time of ${strong(seriesName(widest.better, study.nameOf))}.`;
}

function inThousandths(ratio: number | null): string {
  return ratio === null ? '–' : `${ratio.toFixed(3)}×`;
}

function gapOf(verdict: LoadVerdict, pair: PairOfCells): Gap[] {
  const { a, b } = pair;
  const better = betterOf(verdict, pair);
  if (better === null || pair.ratio === null) return [];
  return better === a
    ? [{ verdict, better: a, worse: b, multiple: { ...pair, ratio: pair.ratio } }]
    : [{ verdict, better: b, worse: a, multiple: inverted(pair) as Multiple }];
}

/** More trials per cell than this are not recommended. */
const MOST_TRIALS = 50;

function undecided(leaders: readonly Leaders[]): Text {
  const pairs = leaders.flatMap(({ verdict }) => testedPairs(verdict));
  const apart = pairs.filter(({ low }) => low === null);
  const open = leaders.flatMap(({ verdict }) =>
    testedPairs(verdict)
      .filter((pair) => pair.verdict === 'undecided' && pair.low !== null)
      .map((pair) => trialsNeeded(verdict, pair)),
  );
  return [...advice(open, pairs.length), ...inCommon(apart.length, pairs.length)];
}

function inCommon(apart: number, pairs: number): Text {
  if (apart === 0) return [];
  return words` ${apart.toString()} of ${count(pairs, 'pair')} ${apart === 1 ? 'has' : 'have'} valid trials of both servers in fewer than ${LEAST_BLOCKS.toString()} blocks, and no verdict.`;
}

/** `open`: the trials that each undecided pair needs. */
function advice(open: readonly number[], pairs: number): Text {
  if (open.length === 0) return [];
  const within = open.filter((needed) => needed <= MOST_TRIALS);
  const all = `${open.length} of ${count(pairs, 'pair')} ${open.length === 1 ? 'is' : 'are'} undecided`;
  if (within.length === 0)
    return words` ${all}, and would need more than ${MOST_TRIALS.toString()} trials per cell.`;
  const whom = within.length === open.length ? 'all of them' : `${within.length} of them`;
  return words` ${all}; ${code(`--trials ${Math.max(...within)}`)} would decide ${whom} if ratios and spread stay the same.`;
}

/** Scaled by the share of blocks that have a valid pair. */
function trialsNeeded({ blocks }: LoadVerdict, pair: PairOfCells): number {
  return Math.ceil(((pair.blocksNeeded ?? Number.POSITIVE_INFINITY) * blocks) / pair.blocks);
}
