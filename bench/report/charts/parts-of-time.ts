/** What the time of a transfer consists of: waiting, sending and answering. */
import type { StudyCell } from '../study/study.js';
import { joined, onCells } from './caveats.js';
import type { Chart } from './chart.js';
import { TIMES } from './scales.js';
import { areApart, OWN_AXES, type Part, stacked } from './stacked.js';

const NAMES = [
  ['waiting', 'waitingMs'],
  ['sending', 'sendingMs'],
  ['answering', 'answeringMs'],
] as const;

/** In µs, medians over the valid trials of their means. */
function parts({ row }: StudyCell): readonly Part[] {
  return NAMES.flatMap(([name, field]) => {
    const ms = row.completion?.parts[field] ?? null;
    return ms === null ? [] : [{ name, value: ms * 1000 }];
  });
}

const isShown = (cell: StudyCell) => parts(cell).length > 0;

export const partsOfTime: Chart = {
  id: 'parts-of-time',
  title: ({ wording }) => `The time of a ${wording.exchange.one}`,
  applies: ({ measured }) => measured.some(isShown),
  caption: (study) =>
    joined(
      `Waiting until the server had read the request, so also in the accept queue; sending until the first byte of the answer; answering until its last byte. Means over the ${study.wording.exchange.many} of a trial, medians of the valid trials.`,
      areApart(study, { parts }) ? OWN_AXES : '',
      onCells(study, isShown),
    ),
  spec: (study) => stacked(study, { title: 'mean time', labels: TIMES, parts }),
};
