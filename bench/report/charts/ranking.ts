/** The ranking under each load: the ratio to the best server with its interval, and the groups. */

import { levelKey } from '../../plan/load-level.js';
import { inverted, type Multiple, pairOf } from '../../statistics/leaders.js';
import { type LoadVerdict, type Standing, verdictsBy } from '../../statistics/verdicts.js';
import { seriesName } from '../study/series.js';
import { WHY_UNRANKED } from '../study/standing.js';
import type { Study } from '../study/study.js';
import { capital } from '../text/phrases.js';
import { rangeOf } from './caveats.js';
import type { Chart, Spec } from './chart.js';
import { headed } from './encodings.js';
import { INK, MUTED, PAPER, WIDTH } from './theme.js';

export const ranking: Chart = {
  id: 'ranking',
  title: ({ wording }) => `${capital(wording.efficiency)}, relative to the best server`,
  applies: (study) => panelsOf(study).length > 0,
  caption: (study) =>
    `Ratio to the best server under the same load, ${basisOf(study)}, with simultaneous confidence intervals (${levelOf(study)}). Servers that share a letter are not significantly different. Hollow: not ranked.`,
  spec,
};

function levelOf(study: Study): string {
  const all = verdictsBy('efficiency', study.verdicts);
  return rangeOf(all.map(({ alpha }) => 1 - alpha)) ?? '';
}

function basisOf(study: Study): string {
  const pairs = verdictsBy('efficiency', study.verdicts).flatMap((one) => one.pairs);
  const bases = new Set(pairs.map(({ basis }) => basis));
  if (!bases.has('control')) return 'by block';
  const bySlices = 'from ratios to the baseline in alternating slices';
  return bases.has('block') ? `${bySlices} where both are sliced, otherwise by block` : bySlices;
}

interface Panel {
  readonly title: string;
  readonly bars: readonly Bar[];
}

interface Bar {
  readonly server: string;
  readonly color: string;
  readonly ratio: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly label: string;
  readonly letters: string;
  readonly isRanked: boolean;
}

/** Under each load with two servers or more to compare. */
function panelsOf(study: Study): Panel[] {
  return study.levels.flatMap((level) => {
    const verdict = verdictsBy('efficiency', study.verdicts).find(
      ({ load }) => levelKey(load) === levelKey(level),
    );
    const bars = verdict === undefined ? [] : barsOf(study, verdict);
    return bars.length < 2 ? [] : [{ title: level.label, bars }];
  });
}

function barsOf(study: Study, verdict: LoadVerdict): Bar[] {
  const [best, ...others] = verdict.standings;
  if (best === undefined || best.unranked !== null) return [];
  const multiples = others.flatMap((standing) => {
    const pair = pairOf(verdict, best, standing);
    const multiple = pair && inverted(pair);
    return multiple ? [barOf(study, standing, multiple)] : [];
  });
  return [barOf(study, best, { ratio: 1, low: null, high: null }), ...multiples];
}

function barOf(study: Study, { cell, letters, unranked }: Standing, multiple: Multiple): Bar {
  const { ratio, low, high } = multiple;
  const interval = low === null || high === null ? '' : ` [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  return {
    ...{ server: seriesName(cell, study.nameOf), ratio, low, high },
    color: study.series.find(({ has }) => has(cell))?.color ?? INK,
    label: `${ratio.toFixed(2)}${interval}`,
    letters: unranked === null ? letters : WHY_UNRANKED[unranked],
    isRanked: unranked === null,
  };
}

const ROW = 20;
/** Beside the plot: the ratio with its interval, then the letters. */
const LABELS = 200;
const NAMES = 145;

function spec(study: Study): Spec {
  const panels = panelsOf(study);
  const domain = domainOf(panels.flatMap(({ bars }) => bars));
  return {
    vconcat: panels.map((panel) => viewOf(panel, domain, panels.length > 1)),
    spacing: 24,
  };
}

/** Limited near the ratios, because a very wide interval would compress all others. */
function domainOf(bars: readonly Bar[]): readonly [number, number] {
  const low = Math.min(...bars.map(({ ratio, low }) => Math.max(low ?? ratio, ratio * 0.9)));
  const high = Math.max(...bars.map(({ ratio, high }) => Math.min(high ?? ratio, ratio * 1.1)));
  const margin = Math.max(0.01, (high - low) * 0.04);
  return [Math.max(0, low - margin), high + margin];
}

function viewOf(
  { title, bars }: Panel,
  domain: readonly [number, number],
  isTitled: boolean,
): object {
  const width = WIDTH - NAMES - LABELS;
  const x = {
    type: 'quantitative',
    title: null,
    scale: { domain, zero: false, nice: false },
    axis: { format: '.2~f', tickCount: 6 },
  };
  const sort = bars.map(({ server }) => server);
  const y = {
    field: 'server',
    type: 'nominal',
    sort,
    title: null,
    axis: { labelColor: INK, labelLimit: NAMES, minExtent: NAMES - 10 },
  };
  const text = (field: string, at: number) => ({
    mark: { type: 'text', align: 'left', color: INK, fontSize: 11 },
    encoding: { x: { value: width + at }, y, text: { field } },
  });
  return {
    ...(isTitled ? headed(title) : {}),
    data: { values: bars },
    width,
    height: ROW * bars.length,
    layer: [...marks(x, y), text('label', 10), text('letters', 125)],
  };
}

/** The line at 1, the intervals and the ratios. */
function marks(x: object, y: object): readonly object[] {
  const color = { field: 'color', type: 'nominal', scale: null };
  return [
    { mark: { type: 'rule', color: MUTED, strokeDash: [3, 3] }, encoding: { x: { datum: 1 } } },
    {
      transform: [{ filter: 'isValid(datum.low)' }],
      mark: { type: 'rule', strokeWidth: 2, clip: true },
      encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, color },
    },
    {
      mark: { type: 'point', filled: true, size: 60, opacity: 1 },
      encoding: { x: { ...x, field: 'ratio' }, y, color },
    },
    {
      transform: [{ filter: '!datum.isRanked' }],
      mark: { type: 'point', filled: true, size: 18, opacity: 1, color: PAPER },
      encoding: { x: { ...x, field: 'ratio' }, y },
    },
  ];
}
