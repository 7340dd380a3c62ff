/** Others' figures for single cells beside those of the run. */
import { factorValue } from '../../plan/load-level.js';
import type { PublishedCell } from '../../services/published.js';
import { serviceNamed } from '../../services/registry.js';
import { time, whole } from '../../text/format.js';
import type { Study, StudyCell } from '../study/study.js';
import { cellTable, figure } from '../tables/table.js';
import { type Block, paragraph } from '../text/blocks.js';
import { totalTime } from '../text/total-time.js';

/** Empty unless a published figure is of the same pool, load and number of workers as a measured cell. */
export function besideCells(study: Study): Block[] {
  const others = serviceNamed(study.service).publishedCells;
  if (!others) return [];
  const foundFor = (cell: StudyCell) => others.figures.find((each) => isOf(each, cell));
  const published = (title: string, show: (found: PublishedCell) => string) =>
    figure(title, (cell) => {
      const found = foundFor(cell);
      return found ? show(found) : '–';
    });
  const { rate, showRate } = study.wording;
  const table = cellTable(
    study,
    `Total time and ${rate.text}: published, on another machine with another server and client (${others.source}), and medians of this run.`,
    [
      published('published time', ({ totalS }) => time(totalS * 1e6)),
      figure('this run', ({ row }) => totalTime(row)),
      published(`published ${rate.short} per client`, (found) => showRate(found.rate)),
      figure(`this run, ${rate.short} in all`, ({ row }) =>
        showRate(row.throughput?.median ?? null),
      ),
      published(
        'published failures',
        ({ failed, connections }) => `${whole(failed)} of ${whole(connections)}`,
      ),
      figure('this run', failures),
      published('implied size', impliedSize),
    ],
    (cell) => cell.records.length > 0 && foundFor(cell) !== undefined,
  );
  return table.length === 0 ? [] : [...table, ...others.remarks.map((each) => paragraph(each))];
}

function isOf(published: PublishedCell, { cell, level }: StudyCell): boolean {
  return (
    published.server === cell.server &&
    published.workers === cell.workers &&
    published.connections === cell.connections &&
    Object.entries(published.factors).every(([name, value]) => factorValue(level, name) === value)
  );
}

/** Over all trials. */
function failures({ row }: StudyCell): string {
  const { succeeded = 0, failed = 0 } = row.completion?.clients ?? {};
  return `${whole(failed)} of ${whole(succeeded + failed)}`;
}

/** What the published figures say that each client transferred, in MiB. */
function impliedSize({ rate, totalS, connections, failed }: PublishedCell): string {
  return `${((rate * totalS) / (connections - failed) / 2 ** 20).toFixed(1)} MiB`;
}
