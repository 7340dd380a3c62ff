/** Remarks under the table: skipped cells, invalid trials with reasons, and notes. */

import { isCommand } from '../../../lib/catalog/programs.js';
import { groupBy } from '../../../lib/group.js';
import type { Uninterrupted } from '../../plan/cell.js';
import { wordingOf } from '../../services/registry.js';
import { atClientCeiling } from '../../statistics/ceiling.js';
import { LEAST_BLOCKS } from '../../statistics/paired.js';
import type { Row } from '../../statistics/summarize.js';
import { whyInWords } from '../study/uninterrupted.js';
import { cellName, cellNames, loadName } from '../text/cell-name.js';
import { sentences } from '../text/facts.js';
import { notesWithNames } from '../text/notes.js';
import { obstacleInWords } from '../text/obstacles.js';
import { type NameOf, namesIn, nameWithWorkers } from '../text/server-name.js';
import type { Colors } from './terminal.js';

export function remarks(rows: readonly Row[], color: Colors): string {
  const nameOf = namesIn(rows);
  const lines = rows.flatMap((row) => [
    ...(row.skipped === null
      ? []
      : [`${color.yellow('skipped')}  ${cellName(row, nameOf)}: ${obstacleInWords(row.skipped)}`]),
    ...(row.problems.length === 0
      ? []
      : [
          `${color.red('invalid')}  ${cellName(row, nameOf)}: ${share(row)}${sentences(row.problems, wordingOf(row.service)).join('; ')}`,
        ]),
  ]);
  const notes = [...notesWithNames(rows, nameOf), ...unsliced(rows, nameOf)].map(
    ([note, names]) => `${color.dim('note')}     ${names.join(', ')}: ${note}`,
  );
  return [
    ...ceilings(rows, nameOf, color),
    ...lines,
    ...controlLines(rows, nameOf, color),
    ...fewTrials(rows, color),
    ...notes,
  ].join('\n');
}

/** Why servers have no groups although there are several. */
function fewTrials(rows: readonly Row[], color: Colors): string[] {
  const measured = rows.filter(({ valid }) => valid > 0);
  const servers = new Set(measured.map(({ server }) => server)).size;
  if (servers < 2 || measured.some(({ valid }) => valid >= LEAST_BLOCKS)) return [];
  return [
    `${color.dim('note')}     too few trials to compare servers: ${LEAST_BLOCKS} valid trials of each server are needed`,
  ];
}

/** These follow from the options; any other reason is shown. */
const EXPECTED: readonly Uninterrupted[] = [
  'slices off',
  'no duration',
  'open loop',
  'immediate start',
  'lifetimes',
  'no server',
];

function unsliced(rows: readonly Row[], nameOf: NameOf): (readonly [string, readonly string[]])[] {
  const unexpected = rows.filter(
    ({ uninterrupted: why }) => why !== null && !EXPECTED.includes(why),
  );
  return [...groupBy(unexpected, ({ uninterrupted }) => uninterrupted)].map(([why, some]) => [
    `not sliced: ${whyInWords(why as Uninterrupted, wordingOf(some[0].service))}`,
    cellNames(new Set(some), rows, nameOf),
  ]);
}

/** Equal in every row: the command of a program that is the baseline, and the problems of the baseline's own trials. */
function controlLines([row]: readonly Row[], nameOf: NameOf, color: Colors): string[] {
  if (row === undefined) return [];
  const { server, problems } = row.control;
  const wording = wordingOf(row.service);
  return [
    ...(isCommand(server) ? [`${color.dim('baseline')} ${server}`] : []),
    ...sentences(problems, wording).map(
      (what) =>
        `${color.red('invalid')}  the baseline, ${nameOf(server)}: ${what}: no ratio to that trial`,
    ),
  ];
}

/** First, because it decides which column can be compared. */
function ceilings(rows: readonly Row[], nameOf: NameOf, color: Colors): string[] {
  return atClientCeiling(rows).map((some) => {
    const names = some.map((row) => nameWithWorkers(row, nameOf)).join(', ');
    const { short } = wordingOf(some[0].service).rate;
    const load = loadName({ ...some[0], rate: some[0].rate?.asked ?? 0 });
    return `${color.yellow('ceiling')}  ${names} at ${load}: the client has no CPU left, so ${short} is the client's limit and does not rank them; compare ${short} per server CPU`;
  });
}

/** If false, the command line ends with exit code 3: a requested cell has an invalid trial or none. */
export function allValid(rows: readonly Row[]): boolean {
  return rows.every(
    ({ skipped, trials, valid, control }) =>
      skipped === null && trials > 0 && valid === trials && control.problems.length === 0,
  );
}

function share(row: Row): string {
  return row.trials > 1 ? `${row.trials - row.valid} of ${row.trials} trials: ` : '';
}
