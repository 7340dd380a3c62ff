/**
 * Converts parsed files of earlier versions in place. Problems and notes were sentences and are facts now; there
 * was one service, with its message and mean size as fields of cells and records; a client had one connection; refused
 * requests were not counted; transfers were not recorded; the congestion control was the system's; a factor of bulk
 * transfers was named `from`; a server had one part, with its figures beside the client's; a ramp's
 * factor was `raised`; a plan had one control for all loads; calls on files were not counted; the file system of a storage was
 * not recorded, nor how clients ended and how long connections waited for the server.
 */

const NOT_MEASURED = {
  ...{ transfers: null, clients: null, queueing: null, beside: null, wrongTransfers: null },
};

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
  replaceBytes(record);
  replaceSource(record);
  const measurement = fieldOf(record, 'measurement');
  replaceFirstEcho(measurement);
  if (measurement) Object.assign(measurement, { ...NOT_MEASURED, ...measurement });
  const transfers = fieldOf(measurement, 'transfers');
  if (transfers) Object.assign(transfers, { parts: null, ...transfers });
  const reconciliation = fieldOf(measurement, 'reconciliation');
  if (reconciliation) Object.assign(reconciliation, { unknown: 0, ...reconciliation });
  const counts = fieldOf(measurement, 'counts');
  if (typeof counts === 'object' && counts !== null && !('refused' in counts))
    (counts as { refused?: null }).refused = null;
  if (typeof record === 'object' && record !== null && !('fileSystem' in record))
    Object.assign(record, { fileSystem: null });
  addRoles(measurement);
  addStorageCounts(measurement);
  return record;
}

/** Converts run.json. */
export function upgradedHeader<Parsed>(header: Parsed): Parsed {
  const plan = fieldOf(header, 'plan');
  const cells = fieldOf(plan, 'cells');
  replaceControl(plan);
  const controls = fieldOf(plan, 'controls');
  const all = [cells, controls].flatMap((list) => (Array.isArray(list) ? list : []));
  for (const cell of all) {
    const text = fieldOf(cell, 'skipped');
    if (typeof text === 'string')
      (cell as { skipped: unknown }).skipped = { kind: 'earlier', text };
    replaceMessage(cell);
    replaceBytes(cell);
    replaceSource(cell);
    addSettings(cell);
  }
  const ramp = fieldOf(header, 'ramp');
  if (ramp) Object.assign(ramp, { factor: fieldOf(ramp, 'raised'), ...ramp });
  const conditions = fieldOf(ramp, 'conditions');
  for (const condition of Array.isArray(conditions) ? conditions : [])
    if (fieldOf(condition, 'metric') === 'kept') condition.metric = 'achieved-ratio';
  return header;
}

/** A plan had one control, under the first load. */
function replaceControl(plan: unknown): void {
  const control = fieldOf(plan, 'control');
  if (control === undefined) return;
  Object.assign(plan as object, { controls: control === null ? [] : [control] });
  delete (plan as { control?: unknown }).control;
}

function replaceFirstEcho(measurement: unknown): void {
  const first = fieldOf(measurement, 'firstEcho');
  if (first !== undefined) Object.assign(measurement as object, { firstAnswer: first });
}

function addRoles(measurement: unknown): void {
  const cpu = fieldOf(measurement, 'serverCpu');
  if (cpu === undefined) return;
  const memory = fieldOf(measurement, 'memory');
  const server = {
    cpu,
    counts: fieldOf(measurement, 'counts'),
    memory: {
      pssBytes: fieldOf(memory, 'serverPssBytes'),
      bytesPerConnection: fieldOf(memory, 'bytesPerConnection'),
    },
    threads: fieldOf(measurement, 'serverThreads'),
  };
  Object.assign(measurement as object, { roles: { server } });
}

/** There was no storage. */
function addStorageCounts(measurement: unknown): void {
  const counts = fieldOf(fieldOf(fieldOf(measurement, 'roles'), 'server'), 'counts');
  if (counts) Object.assign(counts, { callStorage: 0, storageNs: 0, ...counts });
}

/** The congestion control was the system's, there was no cap and no load beside, and no service replaced another. */
function addSettings(cell: unknown): void {
  if (typeof cell === 'object' && cell !== null)
    Object.assign(cell, {
      congestion: null,
      capNs: 0,
      besideOptions: null,
      servedAs: null,
      ...cell,
    });
}

function replaceBytes(value: unknown): void {
  const bytes = fieldOf(value, 'bytes');
  if (typeof bytes === 'number') Object.assign(value as object, { factors: { bytes } });
}

/** In bulk transfers a put had a source too, and both were named otherwise. */
function replaceSource(value: unknown): void {
  const isPut = fieldOf(fieldOf(value, 'factors'), 'operation') === 'put';
  for (const name of ['factors', 'serviceOptions']) {
    const { from, ...others } = Object(fieldOf(value, name));
    if (from !== undefined)
      Object.assign(value as object, { [name]: isPut ? others : { ...others, source: from } });
  }
}

function replaceMessage(cell: unknown): void {
  const message = fieldOf(cell, 'message');
  if (typeof message !== 'object' || message === null) return;
  const { kind, ...options } = message as Record<string, unknown>;
  const protocolOptions = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, String(value)]),
  );
  const exchangeBytes = fieldOf(cell, 'bytes');
  const limits = { perConnection: 0, retries: 0, stallNs: 0 };
  Object.assign(cell as object, { serviceOptions: {}, protocolOptions, exchangeBytes, ...limits });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
