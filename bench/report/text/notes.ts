/** Notes in words, with the cells that have them. */

import type { Note } from '../../facts.js';
import { wordingOf } from '../../services/registry.js';
import type { Row } from '../../statistics/summarize.js';
import { cellNames } from './cell-name.js';
import { alike, sentenceOf } from './facts.js';
import type { NameOf } from './server-name.js';

/** One line per kind of note, with the names of its cells. */
export function notesWithNames(
  rows: readonly Row[],
  nameOf: NameOf,
  isWanted: (note: Note) => boolean = () => true,
): readonly (readonly [string, readonly string[]])[] {
  const noted = rows.flatMap((row) => row.notes.filter(isWanted).map((note) => ({ ...note, row })));
  return [...alike(noted).values()].map((group) => [
    sentenceOf(group, wordingOf(group[0].row.service)),
    cellNames(new Set(group.map(({ row }) => row)), rows, nameOf),
  ]);
}
