/** Graphs with a panel for each load, where there are more loads than panels that could be read. */
import type { Level, Study } from '../study/study.js';
import { joined } from './caveats.js';
import type { Chart } from './chart.js';
import { areMany } from './encodings.js';

/** Two rows of three: more are too small where two graphs share a page. Many servers take several plots each. */
function mostPanels({ series }: Study): number {
  return areMany(series) ? 3 : 6;
}

/** The chart of a part of the loads, which its caption owns up to. */
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
  if (levels.length === study.levels.length) return study;
  const within = study.cells.filter(({ level }) => levels.includes(level));
  return {
    ...study,
    levels,
    cells: within,
    measured: within.filter((cell) => study.measured.includes(cell)),
  };
}

/** All; of too many those under which servers can be compared, evenly spread. */
function worthPanels(study: Study): readonly Level[] {
  const { levels, measured } = study;
  const most = mostPanels(study);
  if (levels.length <= most) return levels;
  const serversAt = (level: Level) => measured.filter((cell) => cell.level === level).length;
  const comparing = levels.filter((level) => serversAt(level) > 1);
  return spread(comparing.length > 1 ? comparing : levels, most);
}

/** So many of the items at most, with the first and the last. */
function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  const at = Array.from({ length: most }, (_, i) =>
    Math.round((i * (items.length - 1)) / (most - 1)),
  );
  return at.flatMap((i) => items[i] ?? []);
}
