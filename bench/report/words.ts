/** Plain words under the table: what was skipped, what is invalid and why, what to bear in mind. */
import type { Row } from '../statistics/summarize.js';
import { serverName } from './server-name.js';
import type { Colors } from './terminal.js';

export function remarks(rows: readonly Row[], color: Colors): string {
  const lines = rows.flatMap((row) => [
    ...(row.skipped === null
      ? []
      : [`${color.yellow('skipped')}  ${cellName(row)}: ${row.skipped}`]),
    ...row.problems.map(
      (what) => `${color.red('invalid')}  ${cellName(row)}: ${what}${share(row)}`,
    ),
  ]);
  const notes = [...groupByNote(rows)].map(
    ([note, names]) => `${color.dim('note')}     ${names.join(', ')}: ${note}`,
  );
  return [...lines, ...notes].join('\n');
}

/** Exit code 3 of the command line: something that was asked for has no valid figure. */
export function allValid(rows: readonly Row[]): boolean {
  return rows.every((row) => row.skipped === null && row.trials > 0 && row.valid === row.trials);
}

export function cellName({ server, connections, idle, workers, rate }: Row): string {
  const paced = rate === null ? '' : ` at ${rate.asked.toLocaleString('en')}/s`;
  const loops = workers > 1 ? ` ×${workers}` : '';
  const held = idle > 0 ? ` + ${idle.toLocaleString('en')} idle` : '';
  return `${serverName(server)}${loops} at ${connections.toLocaleString('en')}${held}${paced}`;
}

function share(row: Row): string {
  return row.trials > 1 ? ` (${row.trials - row.valid} of ${row.trials} trials)` : '';
}

/** Cells that have the same to be noted share a line; figures in it are those of the first. */
function groupByNote(rows: readonly Row[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, { note: string; names: string[] }>();
  for (const row of rows)
    for (const note of row.notes) {
      const kind = note.replace(/\d[\d,.]*/g, '#');
      const group = groups.get(kind) ?? { note, names: [] };
      groups.set(kind, group);
      const name = cellName(row);
      if (!group.names.includes(name)) group.names.push(name);
    }
  return new Map([...groups.values()].map(({ note, names }) => [note, names]));
}
