/** What went wrong: failures by kind, what makes trials invalid, and what the kernel dropped. */

import { sumIfAny } from '../../../lib/sums.js';
import type { KernelCounterName } from '../../../lib/system/kernel-counters.js';
import { finished } from '../../record.js';
import { count, whole } from '../../text/format.js';
import type { Study, StudyCell } from '../study/study.js';
import { type Block, paragraph } from '../text/blocks.js';
import { sentences } from '../text/facts.js';
import { obstacleInWords } from '../text/obstacles.js';
import { cellTable, figure } from './table.js';

export function troubleTables(study: Study): Block[] {
  return [...failures(study), ...problems(study), ...kernel(study)];
}

/** Trials in which the client reported, the baseline's own included. */
function none({ run: { records } }: Study): Block {
  const unknown = records.filter(({ measurement }) => measurement === null).length;
  const kinds = 'none was refused, reset, cut short or corrupted, and none timed out.';
  if (unknown === 0) return paragraph(`No connection failed in any trial: ${kinds}`);
  if (unknown === records.length)
    return paragraph('Whether connections failed is unknown: no trial reached its measurement.');
  return paragraph(
    `No connection failed in ${count(records.length - unknown, 'trial')}: ${kinds} ${count(unknown, 'trial')} ended before the client could report.`,
  );
}

/** Whether connections to the baseline failed, in a sliced trial or in a separate trial of the baseline. */
function hasControlFailed({ run: { records, plan } }: Study): boolean {
  const asked = new Set(plan.cells.map(({ number }) => number));
  return finished(records).some(
    ({ cell, measurement }) =>
      Object.keys(measurement?.slices?.control.failuresByKind ?? {}).length > 0 ||
      (!asked.has(cell) && (measurement?.failures ?? 0) > 0),
  );
}

function failures(study: Study): Block[] {
  const kinds = [...new Set(study.cells.flatMap(({ row }) => Object.keys(row.failuresByKind)))];
  const failing = ({ row }: StudyCell) => row.failures > 0;
  if (!study.cells.some(failing) && !hasControlFailed(study)) return [none(study)];
  if (!study.cells.some(failing))
    return [
      paragraph(
        'No connection to a server under test failed; some connections to the baseline did.',
      ),
    ];
  return cellTable(
    study,
    'Failed connections by kind, over all trials, including invalid ones. Cells that aren’t listed had none.',
    [
      ...kinds
        .sort()
        .map((kind) => figure(kind, ({ row }) => whole(row.failuresByKind[kind] ?? 0))),
      figure('total', ({ row }) => whole(row.failures)),
      figure(
        'trials invalid',
        ({ valid, records }) => `${records.length - valid.length} of ${records.length}`,
      ),
    ],
    failing,
  );
}

function problems({ cells, wording }: Study): Block[] {
  const items = cells.flatMap(({ series, level, row, cell }) => {
    const head = `${series.name} at ${level.label}`;
    if (cell.skipped !== null) return [{ head, text: `skipped: ${obstacleInWords(cell.skipped)}` }];
    return sentences(row.problems, wording).map((text) => ({ head, text }));
  });
  if (items.length === 0) return [];
  return [paragraph('Skipped cells, and reasons of invalid trials:'), { kind: 'list', items }];
}

const COUNTERS: readonly (readonly [KernelCounterName, string])[] = [
  ['listenOverflows', 'accept queue overflows'],
  ['listenDrops', 'listener drops'],
  ['synRetransmits', 'SYN retransmissions'],
  ['retransmittedSegments', 'segment retransmissions'],
  ['timeouts', 'TCP timeouts'],
  ['attemptFails', 'failed handshakes'],
  ['estabResets', 'resets'],
  ['abortOnMemory', 'aborts for memory'],
  ['timeWaitOverflow', 'TIME_WAIT overflows'],
];

function sumOf({ records }: StudyCell, name: KernelCounterName): number | null {
  const values = records.flatMap(({ measurement }) => measurement?.kernel?.[name] ?? []);
  return sumIfAny(values);
}

/** The number of trials without counters. */
function missing({ cells }: Study): string {
  const unknown = cells
    .flatMap(({ records }) => records)
    .filter(({ measurement }) => !measurement?.kernel).length;
  return unknown === 0 ? '' : ` whose counters are known (${count(unknown, 'trial')} without)`;
}

/** See end_without_time_wait() of the client. */
function ending({ cells }: Study): string {
  return cells.some(({ cell }) => cell.durationNs > 0)
    ? ' Resets include those with which the client closes connections after the measured time.'
    : '';
}

function kernel(study: Study): Block[] {
  const risen = COUNTERS.filter(([name]) =>
    study.cells.some((cell) => (sumOf(cell, name) ?? 0) > 0),
  );
  const known = study.cells.some((cell) => COUNTERS.some(([name]) => sumOf(cell, name) !== null));
  if (!known) return [paragraph('The kernel’s TCP counters couldn’t be read here.')];
  if (risen.length === 0)
    return [
      paragraph(
        `The kernel’s TCP counters did not rise in any trial of a server under test${missing(study)}: no overflow, no drop, no retransmission, no timeout, no reset.`,
      ),
    ];
  const quiet = COUNTERS.filter((counter) => !risen.includes(counter)).map(([, title]) => title);
  const rest =
    quiet.length > 0
      ? ` These did not rise in any trial of a server under test${missing(study)}: ${quiet.join(', ')}.`
      : '';
  return cellTable(
    study,
    `Increase of the kernel’s TCP counters, over all trials of a cell. They count for the whole network namespace, including other programs.${ending(study)}${rest}`,
    risen.map(([name, title]) => figure(title, (cell) => whole(sumOf(cell, name)))),
    ({ records }) => records.length > 0,
  );
}
