/** Transfers as both sides recorded them, where each has a row. */
import type { TransferTotals } from '../../../lib/account/transfers.js';
import { maxIfAny, ratio, sumOf } from '../../../lib/sums.js';
import { timeOfMs, whole } from '../../text/format.js';
import type { Study, StudyCell } from '../study/study.js';
import type { Block } from '../text/blocks.js';
import { capital } from '../text/phrases.js';
import { cellTable, figure } from './table.js';

type Side = 'client' | 'server';

/** Empty if no transfer was recorded. */
export function transferTable(study: Study): Block[] {
  const { exchange } = study.wording;
  const about = `${exchange.many} as each side recorded them, over all traffic of the valid trials`;
  const times =
    'The server counts from reading the request until the last byte is with the kernel, or is received and answered; the client from its first byte sent to the last byte received.';
  return cellTable(
    study,
    `${capital(about)}: the number, those refused or incomplete, and the mean and longest time of the completed ones. ${times}`,
    [...columnsOf('server'), ...columnsOf('client'), figure('differ', (cell) => differ(cell))],
    (cell) => totalsOf(cell, 'client').length > 0,
  );
}

function columnsOf(side: Side) {
  const sum = (cell: StudyCell, get: (totals: TransferTotals) => number) => {
    const all = totalsOf(cell, side);
    return whole(all.length === 0 ? null : sumOf(all, get));
  };
  return [
    figure(side, (cell) => sum(cell, ({ transfers }) => transfers)),
    figure(`${side} failed`, (cell) =>
      sum(cell, ({ refused, incomplete }) => refused + incomplete),
    ),
    figure(`${side} mean`, (cell) => timeOfMs(meanMs(totalsOf(cell, side)))),
    figure(`${side} longest`, (cell) => timeOfMs(longestMs(totalsOf(cell, side)))),
  ];
}

function totalsOf({ valid }: StudyCell, side: Side): readonly TransferTotals[] {
  return valid.flatMap(({ measurement }) => measurement?.transfers?.[side] ?? []);
}

/** Of the completed transfers of all trials. */
function meanMs(all: readonly TransferTotals[]): number | null {
  const done = all.map(({ transfers, refused, incomplete, meanMs: mean }) => {
    const count = transfers - refused - incomplete;
    return { count, ms: count * (mean ?? 0) };
  });
  return ratio(
    sumOf(done, ({ ms }) => ms),
    sumOf(done, ({ count }) => count),
  );
}

function longestMs(all: readonly TransferTotals[]): number | null {
  return maxIfAny(all.flatMap((each) => each.longestMs ?? []));
}

/** Of all trials, because a trial in which transfers differ is not valid. */
function differ({ records }: StudyCell): string {
  const checked = records.flatMap(
    ({ measurement }) => measurement?.transfers?.reconciliation ?? [],
  );
  return checked.length === 0 ? 'n/a' : whole(sumOf(checked, ({ mismatches }) => mismatches));
}
