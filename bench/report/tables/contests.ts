/** Tables of two conditions against each other. */
import { factorsOf } from '../../services/registry.js';
import type { Comparison } from '../../statistics/simultaneous.js';
import { fixed } from '../../text/format.js';
import type { Contest } from '../study/contests.js';
import { type FactorContest, factorContestsOf } from '../study/factor-contests.js';
import type { Study } from '../study/study.js';
import { type Block, type Column, faint, strong, type Words } from '../text/blocks.js';
import { interval } from '../text/phrases.js';

export const RATIOS: readonly Column[] = [
  { title: 'throughput', align: 'right' },
  { title: 'verdict', align: 'left' },
  { title: 'efficiency', align: 'right' },
  { title: 'verdict', align: 'left' },
];

/** Under the titles of RATIOS. */
export function ratiosOf({ throughput, efficiency }: Contest): readonly Words[] {
  return [...judged(throughput), ...judged(efficiency)];
}

function judged({ ratio, low, high, verdict }: Comparison): readonly Words[] {
  const show = (value: number | null) => fixed(value, 2);
  if (low === null) return [show(ratio), ''];
  return [[show(ratio), faint(` ${interval(low, high, show)}`)], verdict];
}

/** For each factor of the service that a report contrasts and that has several values. */
export function contrastTables(study: Study): Block[] {
  return factorsOf(study.service).flatMap((factor) => {
    if (!factor.contrast) return [];
    const contests = factorContestsOf(study, factor);
    if (contests.length === 0) return [];
    const isDivided = contests.some(({ under }) => under !== '');
    const rows = contests.map((one, i) => ({
      begins: one.server !== contests[i - 1]?.server,
      cells: [
        [strong(one.server)],
        ...(isDivided ? [one.under] : []),
        one.names.join(' / '),
        ...ratiosOf(one),
      ],
    }));
    return [
      {
        kind: 'table',
        caption: [
          `What the ${factor.title} costs: the ratio of the first to the second, as a geometric mean over the other factors of the trials in the same block, with simultaneous confidence intervals.`,
          ...remarksOn(contests, factor.contrast),
        ].join(' '),
        columns: [
          { title: 'server', align: 'left' },
          ...(isDivided ? [{ title: 'load', align: 'left' } as const] : []),
          { title: factor.title, align: 'left' },
          ...RATIOS,
        ],
        rows,
      },
    ] satisfies Block[];
  });
}

function remarksOn(
  contests: readonly FactorContest[],
  remarks: Readonly<Record<string, string>>,
): readonly string[] {
  const values = new Set(contests.flatMap(({ names }) => names));
  return [...values].flatMap((value) => remarks[value] ?? []);
}
