/** The trials of a ramp: a server's next level depends on the results of its levels so far. */
import type { Machine } from '../../lib/catalog/ceilings.js';
import { UsageError } from '../cli/usage-error.js';
import { isSameCell } from '../plan/comparable.js';
import { factorValue, levelKey } from '../plan/load-level.js';
import {
  type Cell,
  type ExperimentOptions,
  extraControl,
  oneForEachLoad,
  type Plan,
  plan,
} from '../plan/plan.js';
import { loadNamed, nextLevel } from '../plan/ramp.js';
import { blockOf, type Trial } from '../plan/schedule.js';
import { finished, type TrialRecord } from '../record.js';
import { type RampQuestion, rampResults } from '../statistics/ramp-result.js';

/** Each level of a ramp has a fixed number of blocks. */
const BLOCKS = { kind: 'blocks' } as const;

export interface Ramp {
  readonly options: ExperimentOptions;
  readonly question: RampQuestion;
  readonly machine: Machine;
}

/**
 * Adds each new cell to `cells`; the caller adds each trial's record to `records` before it takes the next trial. Skips
 * blocks that are complete in `records`; removes the records of an incomplete block and repeats it.
 */
export function* rampTrials(ramp: Ramp, cells: Cell[], records: TrialRecord[]): Iterable<Trial> {
  let searching = ramp.options.servers;
  let planned = 0;
  // Level by level, so that changes of the machine affect every server.
  for (let firstBlock = 1; searching.length > 0; firstBlock += ramp.options.trials) {
    const level: Cell[] = [];
    for (const server of searching) {
      const cell = nextCell(ramp, server, cells, records);
      if (cell === null) continue;
      cells.push(cell);
      level.push(cell);
    }
    searching = level.map(({ server }) => server);
    for (const control of controlsFor(level, ramp)) {
      // If the control already has a cell under this load, it gets more trials of that cell.
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

/** One control per load of cells that are not sliced; sliced cells have the control beside them. */
function controlsFor(level: readonly Cell[], { options, machine }: Ramp): Cell[] {
  const alone = level.filter(
    ({ uninterrupted, skipped }) => uninterrupted !== null && skipped === null,
  );
  if (options.servers.includes(options.control)) return [];
  return oneForEachLoad(alone).flatMap((cell) => extraControl(cell, machine) ?? []);
}

/**
 * Empty if the block is complete. Throws UsageError if a record doesn't match the plan, which depends on the machine's
 * memory and limits.
 */
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
      `--resume: trial ${other.trial} was of ${other.server}, but the plan on this machine differs; allowed: the memory and limits with which the ramp began`,
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
  const [result] = rampResults({ cells }, records, { ...question, servers: [server] });
  const level = nextLevel(result?.tried ?? [], question);
  if (level === null) return null;
  const load = loadNamed(options.service, question.factor);
  const step = { ...options, servers: [server], ...load.at(options, level) };
  const [cell] = plan(step, machine).cells;
  return cell ? { ...cell, number: cells.length + 1 } : null;
}

/** The first trial has number `before` + 1. */
function blocksOf(
  cells: readonly Cell[],
  { trials, seed }: ExperimentOptions,
  firstBlock: number,
  before: number,
): readonly (readonly Trial[])[] {
  const level = { cells, controls: [], blocks: trials, stopping: BLOCKS, seed };
  return Array.from({ length: trials }, (_, i) =>
    blockOf(level, firstBlock + i).map((trial, j, { length }) => {
      const number = before + i * length + j + 1;
      return { ...trial, number, seed: seed + number };
    }),
  );
}

/** In the order of the tables: by server, levels rising, without interrupted trials and only the lowest skipped level. */
export function planSoFar(
  cells: readonly Cell[],
  records: readonly TrialRecord[],
  { options, question }: Ramp,
): Plan {
  const of = (cell: Cell) => factorValue(cell, question.factor) as number;
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
  return { cells: shown, controls: [], blocks, stopping: BLOCKS, seed };
}
