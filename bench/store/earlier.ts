/** Records of earlier versions in the form of this one. */

/** Problems and notes were sentences. Changes what was just parsed. */
export function brought<Parsed>(record: Parsed): Parsed {
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

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
