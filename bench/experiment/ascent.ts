/** The trials of a ramp: what a server is tried with next depends on how its last level came out. */
import type { Machine } from '../../lib/catalog/ceilings.js';
import { UsageError } from '../cli/usage-error.js';
import { isSameCell } from '../plan/comparable.js';
import { type Cell, type EchoOptions, type Plan, plan } from '../plan/plan.js';
import { LOADS, nextLevel } from '../plan/ramp.js';
import { blockOf, type Trial } from '../plan/schedule.js';
import { finished, type TrialRecord } from '../record.js';
import { climbsOf, type RampQuestion } from '../statistics/climb.js';
import { groupBy } from '../statistics/group.js';
import { levelKey } from '../statistics/load-level.js';

/** A ramp looks at each level by itself. */
const BLOCKS = { kind: 'blocks' } as const;

export interface Ramp {
  readonly options: EchoOptions;
  readonly question: RampQuestion;
  readonly machine: Machine;
}

/**
 * Adds to `cells` as it goes, and expects in `records` what came of the trials before. Blocks that `records` hold whole
 * are passed over; of a block that was begun they are removed, and it is repeated.
 */
export function* ascent(ramp: Ramp, cells: Cell[], records: TrialRecord[]): Iterable<Trial> {
  let climbing = ramp.options.servers;
  let planned = 0;
  // Level by level, so that what the machine does meanwhile happens to every server.
  for (let firstBlock = 1; climbing.length > 0; firstBlock += ramp.options.trials) {
    const level: Cell[] = [];
    for (const server of climbing) {
      const cell = nextCell(ramp, server, cells, records);
      if (cell === null) continue;
      cells.push(cell);
      level.push(cell);
    }
    climbing = level.map(({ server }) => server);
    for (const control of controlsFor(level, ramp)) {
      // Under a load that another server had earlier, its trials there go on.
      const before = cells.find((cell) => isSameCell(cell, control));
      const numbered = before ?? { ...control, number: cells.length + 1 };
      if (before === undefined) cells.push(numbered);
      level.push(numbered);
    }
    const blocks = blocksOf(level, ramp.options, firstBlock, planned);
    planned += blocks.flat().length;
    for (const block of blocks) yield* unlessDone(block, records);
  }
}

/** Under each load of cells that are not sliced: others have the control beside them. */
function controlsFor(level: readonly Cell[], { options, machine }: Ramp): Cell[] {
  const alone = level.filter(
    ({ uninterrupted, skipped }) => uninterrupted !== null && skipped === null,
  );
  const loads = [...groupBy(alone, levelKey).values()].map(([first]) => first);
  if (options.servers.includes(options.control)) return [];
  return loads.flatMap(({ connections, idle, rate }) => {
    const step = { ...options, servers: [options.control], connections: [connections] };
    const { cells } = plan({ ...step, idle: [idle], rates: [rate] }, machine);
    return cells.filter(({ skipped }) => skipped === null);
  });
}

/** Throws UsageError if what was measured is not what is planned: the machine's memory and limits are part of a plan. */
function unlessDone(block: readonly Trial[], records: TrialRecord[]): readonly Trial[] {
  const numbers = new Set(block.map(({ number }) => number));
  const done = records.filter(({ trial }) => numbers.has(trial));
  const other = done.find(({ trial, server, ...load }) => {
    const planned = block.find(({ number }) => number === trial)?.cell;
    return (
      planned === undefined || planned.server !== server || levelKey(planned) !== levelKey(load)
    );
  });
  if (other !== undefined)
    throw new UsageError(
      `--resume: trial ${other.trial} was of ${other.server}, and this machine plans another there; allowed: the memory and limits with which the ramp began`,
    );
  if (done.length === block.length) return [];
  for (const stale of done) records.splice(records.indexOf(stale), 1);
  return block;
}

function nextCell(
  { options, question, machine }: Ramp,
  server: string,
  cells: readonly Cell[],
  records: readonly TrialRecord[],
): Cell | null {
  const [climb] = climbsOf({ cells }, records, { ...question, servers: [server] });
  const level = nextLevel(climb?.tried ?? [], question);
  if (level === null) return null;
  const step = { ...options, servers: [server], ...LOADS[question.raised].at(level) };
  const [cell] = plan(step, machine).cells;
  return cell ? { ...cell, number: cells.length + 1 } : null;
}

/** Trials are numbered after those `before`. */
function blocksOf(
  cells: readonly Cell[],
  { trials, seed }: EchoOptions,
  firstBlock: number,
  before: number,
): readonly (readonly Trial[])[] {
  const level = { cells, control: null, blocks: trials, stopping: BLOCKS, seed };
  return Array.from({ length: trials }, (_, i) =>
    blockOf(level, firstBlock + i).map((trial, j, { length }) => {
      const number = before + i * length + j + 1;
      return { ...trial, number, seed: seed + number };
    }),
  );
}

/** As a table shows it: server by server, rising, without what was broken off; of what can't be run, the least is enough. */
export function planSoFar(
  cells: readonly Cell[],
  records: readonly TrialRecord[],
  { options, question }: Ramp,
): Plan {
  const { of } = LOADS[question.raised];
  const tried = new Set(finished(records).map(({ cell }) => cell));
  const named = [...options.servers, ...cells.map(({ server }) => server)];
  const shown = [...new Set(named)].flatMap((server) => {
    const rising = cells
      .filter((cell) => cell.server === server)
      .filter(({ number, skipped }) => skipped !== null || tried.has(number))
      .sort((a, b) => of(a) - of(b));
    const skipped = rising.findIndex((cell) => cell.skipped !== null);
    return skipped < 0 ? rising : rising.slice(0, skipped + 1);
  });
  const { trials: blocks, seed } = options;
  return { cells: shown, control: null, blocks, stopping: BLOCKS, seed };
}
