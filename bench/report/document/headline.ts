/** The answer in a few sentences: which server needs the least CPU time, by how much, and what is not decided. */
import type { Cell } from '../../plan/plan.js';
import {
  betterOf,
  inverted,
  type Leaders,
  leadersOf,
  type Multiple,
} from '../../statistics/leaders.js';
import { levelKey } from '../../statistics/load-level.js';
import { LEAST_BLOCKS } from '../../statistics/paired.js';
import { MARGIN } from '../../statistics/simultaneous.js';
import type { LoadVerdict, PairOfCells, Standing } from '../../statistics/verdicts.js';
import { testedPairs } from '../../statistics/verdicts.js';
import { seriesName } from '../series.js';
import type { Study } from '../study.js';
import { code, strong, type Text, words } from './blocks.js';
import { count, interval, listedWords, times } from './phrases.js';

/** `verdicts`: by efficiency, of the loads under which several servers have a figure. */
export function headline(study: Study, verdicts: readonly LoadVerdict[]): Text {
  const leaders = verdicts.flatMap((verdict) => leadersOf(verdict) ?? []);
  if (leaders.length === 0)
    return words`${strong('No servers can be compared.')} That takes ${LEAST_BLOCKS.toString()} blocks with a valid trial of both, and most of their trials valid. The table lists the medians.`;
  const pairs = leaders.flatMap(({ verdict }) => testedPairs(verdict));
  return [
    ...(pairs.some(({ verdict }) => verdict === 'different')
      ? [...leadSentence(study, leaders, verdicts), ...widestGap(study, leaders)]
      : noDifference(leaders, pairs)),
    ...undecided(leaders),
  ];
}

/** What varies, in words. */
export function labelOf({ levels }: Study, { load }: LoadVerdict): string {
  return levels.find((level) => levelKey(level) === levelKey(load))?.label ?? '';
}

function noDifference(leaders: readonly Leaders[], pairs: readonly PairOfCells[]): Text {
  const which = areAllRanked(leaders) ? 'servers' : 'servers that could be ranked';
  return pairs.every(({ verdict }) => verdict === 'same')
    ? words`All ${which} need the same CPU time per request, within ${String(100 * MARGIN)} %.`
    : words`No significant difference in CPU time per request between any two ${which}.`;
}

function nameOf({ cell }: Standing): string {
  return seriesName(cell);
}

function leadSentence(
  study: Study,
  leaders: readonly Leaders[],
  verdicts: readonly LoadVerdict[],
): Text {
  const names = new Set(leaders.map(({ best }) => nameOf(best)));
  const alone = leaders.every(({ notWorse }) => notWorse.length === 0);
  const [first] = leaders;
  if (first !== undefined && alone && names.size === 1) {
    const where =
      verdicts.length === 1
        ? ''
        : leaders.length === verdicts.length
          ? ` under each of the ${count(leaders.length, 'load')}`
          : ` under each load where servers can be compared`;
    return words`${strong(nameOf(first.best))} needs the least server CPU time per request${where}${amongRanked(leaders)}.`;
  }
  const parts = leaders.flatMap(
    (one, i): Text => [...(i === 0 ? [] : ['; ']), ...leadersAt(study, one, leaders.length > 1)],
  );
  return words`Least server CPU time per request${amongRanked(leaders)}: ${parts}.`;
}

function leadersAt(study: Study, { verdict, best, notWorse }: Leaders, named: boolean): Text {
  const where = named ? ` at ${labelOf(study, verdict)}` : '';
  if (notWorse.length === 0) return words`${strong(nameOf(best))}${where}`;
  const others = listedWords(notWorse.map((one) => strong(nameOf(one))));
  return words`${strong(nameOf(best))}${where}, not significantly better than ${others}`;
}

/** Servers that could not be ranked are no part of the sentence. */
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
  const where = leaders.length > 1 ? ` at ${labelOf(study, widest.verdict)}` : '';
  return words` Largest significant difference${where}: ${strong(seriesName(widest.worse))} needs ${times(ratio)} ${interval(low, high, times)} the CPU time of ${strong(seriesName(widest.better))}.`;
}

function gapOf(verdict: LoadVerdict, pair: PairOfCells): Gap[] {
  const { a, b } = pair;
  const better = betterOf(verdict, pair);
  if (better === null || pair.ratio === null) return [];
  return better === a
    ? [{ verdict, better: a, worse: b, multiple: { ...pair, ratio: pair.ratio } }]
    : [{ verdict, better: b, worse: a, multiple: inverted(pair) as Multiple }];
}

/** More trials per cell than this are no advice. */
const MOST_TRIALS = 50;

function undecided(leaders: readonly Leaders[]): Text {
  const pairs = leaders.flatMap(({ verdict }) => testedPairs(verdict));
  const open = leaders.flatMap(({ verdict }) =>
    testedPairs(verdict)
      .filter((pair) => pair.verdict === 'undecided')
      .map((pair) => trialsNeeded(verdict, pair)),
  );
  if (open.length === 0) return [];
  const within = open.filter((needed) => needed <= MOST_TRIALS);
  const all = `${open.length} of ${count(pairs.length, 'pair')} ${open.length === 1 ? 'is' : 'are'} undecided`;
  if (within.length === 0)
    return words` ${all}, and would need more than ${MOST_TRIALS.toString()} trials per cell.`;
  const whom = within.length === open.length ? 'all of them' : `${within.length} of them`;
  return words` ${all}; ${code(`--trials ${Math.max(...within)}`)} would decide ${whom} if ratios and spread stay the same.`;
}

/** As many more trials as now stay without a valid pair. */
function trialsNeeded({ blocks }: LoadVerdict, pair: PairOfCells): number {
  return Math.ceil(((pair.blocksNeeded ?? Number.POSITIVE_INFINITY) * blocks) / pair.blocks);
}
