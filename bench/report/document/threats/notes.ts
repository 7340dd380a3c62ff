/** Threats from the notes of trials: a cold compiler, sockets in TIME_WAIT, a full accept queue. */

import { MODEL_NAMES, modelNamed } from '../../../../lib/catalog/models.js';
import type { Note } from '../../../facts.js';
import { nameOf } from '../../charts/caveats.js';
import type { Study, StudyCell } from '../../study/study.js';
import type { Item } from '../../text/blocks.js';
import { notesWithNames } from '../../text/notes.js';
import { capital, listed } from '../../text/phrases.js';

/** Notes that explained() or the threats from the load and the machine cover. */
const COVERED: readonly Note['kind'][] = [
  'cold compiler',
  'sockets in TIME_WAIT',
  'accept queue overflowed',
  'client-bound',
  'shared CPU',
];

export function fromTheNotes(study: Study): Item[] {
  return [...explained(study), ...others(study)];
}

/** Other notes, as recorded. */
function others({ measured, nameOf }: Study): Item[] {
  const rows = measured.map(({ row }) => row);
  return notesWithNames(rows, nameOf, ({ kind }) => !COVERED.includes(kind)).map(
    ([note, names]) => ({
      head: 'Noted',
      text: `${capital(listed(names))}: ${note}.`,
    }),
  );
}

function explained({ measured, wording }: Study): Item[] {
  const having = (wanted: Note['kind']) =>
    measured.filter(({ row }) => row.notes.some(({ kind }) => kind === wanted));
  const cold = having('cold compiler');
  const crowded = having('sockets in TIME_WAIT');
  const queue = having('accept queue overflowed');
  const items: Item[] = [];
  const where = (some: readonly StudyCell[]) =>
    some.length === measured.length ? 'all cells' : listed(some.map(nameOf));
  const compiled = measured.filter(
    ({ cell }) =>
      MODEL_NAMES.includes(cell.server) && modelNamed(cell.server).language === 'TypeScript',
  );
  if (cold.length > 0)
    items.push({
      head: 'A cold compiler',
      text: `Node compiles hot code as it runs, and in ${cold.length === compiled.length ? listed([...new Set(cold.map(({ series }) => series.name))]) : where(cold)} that happened within the window. These figures are of the first ${wording.exchange.many} of a process; --duration adds a warm-up.`,
    });
  if (crowded.length > 0)
    items.push({
      head: 'Sockets in TIME_WAIT',
      text: `More than 10,000 sockets were in TIME_WAIT when trials began (${where(crowded)}). Each occupies a local port for a minute: if no port is free, connecting fails.`,
    });
  if (queue.length > 0)
    items.push({
      head: 'Accept queue overflowed',
      text: `In ${where(queue)}: those SYNs were dropped and retransmitted a second later. This increases connect time; its causes are the backlog and the speed of accepting, not of serving.`,
    });
  return items;
}
