/** Sliced trials: their ratios to the baseline, with the precision. */

import { median } from 'simple-statistics';
import type { Slices } from '../../record.js';
import { ratioOf } from '../../statistics/ratio.js';
import { fixed, share, whole } from '../../text/format.js';
import type { Study, StudyCell } from '../study/study.js';
import type { Block } from '../text/blocks.js';
import { withInterval } from '../text/phrases.js';
import { cellTable, figure } from './table.js';

/** Empty for a run without sliced trials. */
export function slicesTable(study: Study): Block[] {
  return cellTable(
    study,
    'Slices: medians over the valid trials of a cell. The ratio to the baseline is that of the first trial, with the interval of its own slices; “idle” is the CPU time that a server used while the other one was measured, as a share of a CPU.',
    [
      figure('pairs', (cell) => whole(typical(cell, ({ pairs }) => pairs))),
      figure(
        'slice length',
        (cell) =>
          `${fixed(
            typical(cell, ({ lengthMs }) => lengthMs),
            0,
          )} ms`,
      ),
      figure('round trips per slice', (cell) =>
        fixed(
          typical(cell, ({ roundTrips }) => roundTrips),
          0,
        ),
      ),
      figure('vs control, first trial', (cell) =>
        withInterval(ratioOf(slicesOf(cell)[0]?.logRatios ?? []), (value) => fixed(value, 3)),
      ),
      figure(`baseline, ${study.wording.efficiency}`, (cell) =>
        study.wording.showRate(typical(cell, ({ control }) => control.efficiency)),
      ),
      figure('server idle', (cell) => share(typical(cell, ({ idleBusy }) => idleBusy.server))),
      figure('baseline idle', (cell) => share(typical(cell, ({ idleBusy }) => idleBusy.control))),
    ],
    (cell) => slicesOf(cell).length > 0,
  );
}

function slicesOf({ valid }: StudyCell): Slices[] {
  return valid.flatMap(({ measurement }) => measurement?.slices ?? []);
}

function typical(cell: StudyCell, get: (slices: Slices) => number | null): number | null {
  const known = slicesOf(cell).flatMap((slices) => get(slices) ?? []);
  return known.length === 0 ? null : median(known);
}
