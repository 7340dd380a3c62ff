/** Limits graphs with a panel per load to a readable number of panels. */
import { partOf } from '../study/part.js';
import type { Level, Study } from '../study/study.js';
import { joined } from './caveats.js';
import type { Chart } from './chart.js';
import { areMany } from './encodings.js';

/** Two rows of three, because more are too small if two graphs share a page. Fewer with many servers, which need several plots per panel. */
function mostPanels({ series }: Study): number {
  return areMany(series) ? 3 : 6;
}

/** A chart of some of the loads; its caption states how many. */
export function inFewPanels(chart: Chart): Chart {
  return {
    ...chart,
    caption: (study) => {
      const part = narrowed(study);
      const [shown, all] = [part.levels.length, study.levels.length];
      const partly = shown < all ? `Shown: ${shown} of the ${all} loads.` : '';
      return joined(chart.caption(part), partly);
    },
    spec: (study) => chart.spec(narrowed(study)),
  };
}

function narrowed(study: Study): Study {
  const levels = worthPanels(study);
  return levels.length === study.levels.length
    ? study
    : partOf(study, ({ level }) => levels.includes(level));
}

/** All loads; if there are too many, an even selection of those with several servers. */
function worthPanels(study: Study): readonly Level[] {
  const { levels, measured } = study;
  const most = mostPanels(study);
  if (levels.length <= most) return levels;
  const serversAt = (level: Level) => measured.filter((cell) => cell.level === level).length;
  const comparing = levels.filter((level) => serversAt(level) > 1);
  return spread(comparing.length > 1 ? comparing : levels, most);
}

/** At most `most` items, including the first and the last. */
function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const at = Array.from({ length: most }, (_, i) =>
    Math.round((i * (items.length - 1)) / (most - 1)),
  );
  return at.flatMap((i) => items[i] ?? []);
}
