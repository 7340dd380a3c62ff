/** The ranking of the servers under each load by every metric, and the undecided pairs. */

import { levelKey } from '../../plan/load-level.js';
import type { Unranked } from '../../statistics/contenders.js';
import { inverted, pairOf } from '../../statistics/leaders.js';
import type { MetricName } from '../../statistics/metrics.js';
import { MARGIN } from '../../statistics/simultaneous.js';
import type { LoadVerdict, PairOfCells, Standing } from '../../statistics/verdicts.js';
import { rankedOf, verdictsBy } from '../../statistics/verdicts.js';
import { count, fixed, time, whole } from '../../text/format.js';
import { labelOf } from '../study/load-label.js';
import { seriesName } from '../study/series.js';
import { WHY_UNRANKED } from '../study/standing.js';
import type { Study } from '../study/study.js';
import {
  type Block,
  type Column,
  faint,
  strong,
  type TableRow,
  type Words,
} from '../text/blocks.js';
import { obstacleInWords } from '../text/obstacles.js';
import { capital, interval } from '../text/phrases.js';

/** `verdicts`: by efficiency. */
export function rankingTable(study: Study, verdicts: readonly LoadVerdict[]): Block {
  const reason = commonReason(verdicts);
  return reason === null
    ? withGroups(study, verdicts)
    : withoutGroups(study, verdicts, WHY_UNRANKED[reason]);
}

/** Why no server is ranked; null if one is, or if the reasons differ. */
function commonReason(verdicts: readonly LoadVerdict[]): Unranked | null {
  const reasons = new Set(
    verdicts.flatMap(({ standings }) => standings.map(({ unranked }) => unranked)),
  );
  const [reason] = reasons;
  return reasons.size === 1 && reason !== 'skipped' ? (reason ?? null) : null;
}

function withoutGroups(study: Study, verdicts: readonly LoadVerdict[], reason: string): Block {
  const { efficiency, showRate } = study.wording;
  return {
    kind: 'table',
    caption: `${capital(efficiency)}: medians of the valid trials. No server is ranked: ${reason}.`,
    columns: [
      ...LOAD_AND_SERVER,
      { title: efficiency, align: 'right' },
      { title: 'valid blocks', align: 'right' },
    ],
    rows: byLoad(study, verdicts, (verdict) =>
      verdict.standings.map((standing) => [
        [strong(seriesName(standing.cell, study.nameOf))],
        showRate(standing.figure),
        `${standing.blocks} of ${verdict.blocks}`,
      ]),
    ),
  };
}

function withGroups(study: Study, verdicts: readonly LoadVerdict[]): Block {
  const { efficiency, showRate } = study.wording;
  const isRanked = verdicts.some((verdict) => rankedOf(verdict).length > 1);
  return {
    kind: 'table',
    caption: isRanked
      ? `${capital(efficiency)}: medians of the valid trials, the ratio to the best server under the same load, and groups. Servers that share a letter are not significantly different. The order is that of the ratios: they are paired, so a drift of the machine affects them less than the medians.`
      : `${capital(efficiency)}: medians of the valid trials.`,
    columns: [
      ...LOAD_AND_SERVER,
      { title: 'group', align: 'left' },
      { title: efficiency, align: 'right' },
      { title: 'ratio to the best', align: 'right' },
      { title: 'valid blocks', align: 'right' },
    ],
    rows: byLoad(study, verdicts, (verdict) =>
      verdict.standings.map((standing) => [
        [strong(seriesName(standing.cell, study.nameOf))],
        groupOf(verdict, standing),
        showRate(standing.figure),
        ratioToBest(verdict, standing),
        `${standing.blocks} of ${verdict.blocks}`,
      ]),
    ),
  };
}

const LOAD_AND_SERVER: readonly Column[] = [
  { title: 'load', align: 'left' },
  { title: 'server', align: 'left' },
];

/** Only the first row of a load names it. */
function byLoad(
  study: Study,
  verdicts: readonly LoadVerdict[],
  rowsOf: (verdict: LoadVerdict) => readonly (readonly Words[])[],
): TableRow[] {
  return verdicts.flatMap((verdict) =>
    rowsOf(verdict).map((cells, i) => ({
      cells: [i === 0 ? labelOf(study, verdict) : '', ...cells],
      begins: i === 0,
    })),
  );
}

/** Without letters if only one server is ranked. */
function groupOf(verdict: LoadVerdict, { letters, unranked, cell }: Standing): Words {
  if (unranked === null) return rankedOf(verdict).length > 1 ? letters : '';
  const { skipped } = cell;
  return [faint(skipped ? `skipped: ${obstacleInWords(skipped)}` : WHY_UNRANKED[unranked])];
}

function ratioToBest(verdict: LoadVerdict, standing: Standing): Words {
  const [best] = verdict.standings;
  if (best === undefined || best.unranked !== null) return '';
  if (best === standing) return [faint('best')];
  const pair = pairOf(verdict, best, standing);
  const multiple = pair && inverted(pair);
  if (!multiple) return '';
  const { ratio, low, high } = multiple;
  if (low === null) return inThousandths(ratio);
  return [inThousandths(ratio), faint(` ${interval(low, high, inThousandths)}`)];
}

function inThousandths(ratio: number | null): string {
  return fixed(ratio, 3);
}

type Show = (value: number | null) => string;

function othersOf({
  wording: { rate, showRate },
}: Study): readonly (readonly [MetricName, string, Show])[] {
  return [
    ['throughput', rate.unit, showRate],
    ['p50', 'p50', time],
    ['p99', 'p99', time],
  ];
}

/** The groups by the other metrics. */
export function groupsTable(study: Study): Block {
  const others = othersOf(study);
  return {
    kind: 'table',
    caption:
      'Groups by other metrics: medians of the valid trials, with the letters of their groups; “a” is the best group. Brackets: not ranked by this metric.',
    columns: [
      ...LOAD_AND_SERVER,
      ...others.map(([, title]) => ({ title, align: 'right' as const })),
    ],
    rows: byLoad(study, verdictsBy('efficiency', study.verdicts), ({ load, standings }) =>
      standings
        .filter(({ unranked }) => unranked !== 'skipped' && unranked !== 'not run')
        .map(({ cell }) => [
          [strong(seriesName(cell, study.nameOf))],
          ...others.map(([metric, , show]) => {
            const own = verdictsBy(metric, study.verdicts)
              .find((other) => levelKey(other.load) === levelKey(load))
              ?.standings.find((one) => one.cell === cell);
            return own ? figureWithLetters(own, show) : '';
          }),
        ]),
    ),
  };
}

function figureWithLetters(
  { figure, letters, unranked }: Standing,
  show: (value: number | null) => string,
): Words {
  if (unranked !== null) return figure === null ? show(null) : `(${show(figure)})`;
  return letters === '' ? show(figure) : [show(figure), ' ', strong(letters)];
}

/** The others are in verdicts.json only. */
const MOST_PAIRS = 20;

export function undecidedTable(study: Study, verdicts: readonly LoadVerdict[]): Block[] {
  const open = verdicts.flatMap((verdict) =>
    verdict.pairs
      .filter((pair) => pair.verdict === 'undecided' && pair.low !== null)
      .map((pair) => ({ verdict, pair })),
  );
  if (open.length === 0) return [];
  const shown = open
    .sort((one, other) => orLast(one.pair) - orLast(other.pair))
    .slice(0, MOST_PAIRS);
  const rest = open.length - shown.length;
  return [
    {
      kind: 'table',
      caption: `Undecided pairs: the interval includes 1 and extends beyond ±${100 * MARGIN} % on at least one side. Blocks needed: the --trials that would decide the pair if its ratio and spread stay the same.${rest > 0 ? ` ${count(rest, 'more pair')} in verdicts.json.` : ''}`,
      columns: [
        { title: 'load', align: 'left' },
        { title: 'pair', align: 'left' },
        { title: 'ratio', align: 'right' },
        { title: 'blocks', align: 'right' },
        { title: 'blocks needed', align: 'right' },
      ],
      rows: shown.map(({ verdict, pair }) => ({
        cells: [
          labelOf(study, verdict),
          `${seriesName(pair.a, study.nameOf)} / ${seriesName(pair.b, study.nameOf)}`,
          [inThousandths(pair.ratio), faint(` ${interval(pair.low, pair.high, inThousandths)}`)],
          `${pair.blocks}`,
          pair.blocksNeeded === null ? 'more than 10,000' : whole(pair.blocksNeeded),
        ],
      })),
    },
  ];
}

function orLast({ blocksNeeded }: PairOfCells): number {
  return blocksNeeded ?? Number.POSITIVE_INFINITY;
}
