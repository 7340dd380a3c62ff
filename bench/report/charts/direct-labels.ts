/** Names at the ends of lines, moved apart if they would overlap: a legend of thirteen servers is not readable. */
import { INK } from './theme.js';

export interface EndOfLine {
  readonly name: string;
  readonly color: string;
  /** Where the line ends: its share of the plot's height, from the bottom. */
  readonly at: number;
}

/** Between names, in px. */
const APART = 13;

/** Layers for a plot of this size, in its own pixels; the names need about 120 px beside it. */
export function directLabels(ends: readonly EndOfLine[], width: number, height: number): object[] {
  const values = spread(ends, height).map(({ name, color, at, y }) => ({
    ...{ name, color },
    from: height * (1 - at),
    y,
  }));
  const color = { field: 'color', type: 'nominal', scale: null };
  const pixels = (field: string) => ({ field, type: 'quantitative', scale: null });
  return [
    {
      data: { values },
      mark: { type: 'rule', strokeWidth: 0.8 },
      encoding: {
        ...{ x: { value: width + 2 }, x2: { value: width + 14 } },
        ...{ y: pixels('from'), y2: { field: 'y' }, color },
      },
    },
    {
      data: { values },
      mark: { type: 'text', align: 'left', baseline: 'middle', color: INK, fontSize: 11 },
      encoding: { x: { value: width + 18 }, y: pixels('y'), text: { field: 'name' } },
    },
  ];
}

/** In px from the top, as near to the lines' ends as possible without overlap: pool adjacent violators, on y minus the height of the names above. */
function spread(ends: readonly EndOfLine[], height: number) {
  const sorted = ends
    .map((end) => ({ ...end, y: height * (1 - end.at) }))
    .sort((a, b) => a.y - b.y);
  const pools: { sum: number; size: number }[] = [];
  sorted.forEach(({ y }, i) => {
    pools.push({ sum: y - i * APART, size: 1 });
    for (;;) {
      const [above, last] = pools.slice(-2);
      if (!above || !last || above.sum / above.size <= last.sum / last.size) break;
      pools.splice(-2, 2, { sum: above.sum + last.sum, size: above.size + last.size });
    }
  });
  const free = pools.flatMap(({ sum, size }) => Array.from({ length: size }, () => sum / size));
  const lowest = height - (sorted.length - 1) * APART;
  return sorted.map((end, i) => ({
    ...end,
    y: Math.max(0, Math.min(free[i] as number, lowest)) + i * APART,
  }));
}
