/** Converts parsed files of earlier versions in place: problems and notes were sentences and are facts now. */

/** Converts a record of a trial. */
export function upgradedRecord<Parsed>(record: Parsed): Parsed {
  const verdict = fieldOf(record, 'verdict');
  for (const name of ['problems', 'notes']) {
    const list = fieldOf(verdict, name);
    if (Array.isArray(list))
      list.forEach((each, i) => {
        if (typeof each === 'string') list[i] = { kind: 'earlier', figures: { text: each } };
      });
  }
  return record;
}

/** Converts run.json. */
export function upgradedHeader<Parsed>(header: Parsed): Parsed {
  const plan = fieldOf(header, 'plan');
  const cells = fieldOf(plan, 'cells');
  const all = [...(Array.isArray(cells) ? cells : []), fieldOf(plan, 'control')];
  for (const cell of all) {
    const text = fieldOf(cell, 'skipped');
    if (typeof text === 'string')
      (cell as { skipped: unknown }).skipped = { kind: 'earlier', text };
  }
  const conditions = fieldOf(fieldOf(header, 'ramp'), 'conditions');
  for (const condition of Array.isArray(conditions) ? conditions : [])
    if (fieldOf(condition, 'metric') === 'kept') condition.metric = 'achieved-ratio';
  return header;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
