/** summary.csv: the rows of summary.json, flattened. */
import { stringify } from 'csv-stringify/sync';
import type { Fact } from '../facts.js';
import type { Row } from '../statistics/summarize.js';

/** Nested fields become columns joined by '_'; lists and objects that vary become JSON. */
export function summaryTable(rows: readonly Row[]): string {
  const flat = rows.map((row) => {
    const { failuresByKind, problems, notes, ...plain } = row;
    return {
      ...flatten(plain),
      failures_by_kind: JSON.stringify(failuresByKind),
      problems: kindsOf(problems),
      notes: kindsOf(notes),
    };
  });
  const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return stringify(flat, { header: true, columns, cast: { boolean: String } });
}

/** `few requests | CPU quota`: their figures are in summary.json. */
function kindsOf(facts: readonly Fact[]): string {
  return [...new Set(facts.map(({ kind }) => kind))].join(' | ');
}

function flatten(value: object, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const name = prefix + key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      return inner !== null && typeof inner === 'object'
        ? Object.entries(flatten(inner, `${name}_`))
        : [[name, inner]];
    }),
  );
}
