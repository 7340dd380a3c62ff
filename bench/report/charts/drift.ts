/** The baseline over the trials, which shows how steady the machine was. */
import { underControlLoad } from '../study/control.js';
import type { Study } from '../study/study.js';
import type { Chart } from './chart.js';
import { WIDTH } from './theme.js';

function valuesOf({ control }: Study) {
  return control.flatMap(({ trial, valid, efficiency }) =>
    valid && efficiency ? [{ trial, value: efficiency }] : [],
  );
}

/** A short axis needs a title of two lines. */
function linesOf(title: string): readonly string[] {
  const [first = '', last = ''] = title.split(/ (?=\S+$)/);
  return [first, last];
}

export const drift: Chart = {
  id: 'control-drift',
  title: () => 'The baseline, trial by trial',
  applies: (study) => valuesOf(study).length > 2,
  caption: (study) =>
    `Efficiency of the baseline${underControlLoad(study) || ', always under the same load'}. Changes are those of the machine; they cancel out in ratios to the baseline.`,
  spec: (study) => {
    const values = valuesOf(study);
    const color = '#767676';
    return {
      data: { values },
      width: WIDTH,
      height: 150,
      mark: { type: 'line', color, strokeWidth: 1.8, point: { color, filled: true, size: 40 } },
      encoding: {
        x: {
          field: 'trial',
          type: 'quantitative',
          title: 'trial',
          scale: { zero: false, nice: false },
          axis: { values: values.map(({ trial }) => trial), format: 'd', labelOverlap: 'greedy' },
        },
        y: {
          field: 'value',
          type: 'quantitative',
          title: linesOf(study.wording.efficiency),
          scale: { zero: true },
          axis: { labelExpr: study.wording.rateLabels, tickCount: 4 },
        },
      },
    };
  },
};
