/** The trials of a ramp: what a server is tried with next depends on how its last level came out. */
import type { Machine } from '../../lib/ceilings.js';
import { type Cell, type EchoOptions, type Plan, plan } from '../plan/plan.js';
import { LOADS, nextLevel } from '../plan/ramp.js';
import { blockOf, type Trial } from '../plan/schedule.js';
import { finished, type TrialRecord } from '../record.js';
import { climbsOf, type RampQuestion } from '../statistics/climb.js';

/** A ramp looks at each level by itself. */
const BLOCKS = { kind: 'blocks' } as const;

export interface Ramp {
  readonly options: EchoOptions;
  readonly question: RampQuestion;
  readonly machine: Machine;
}

/** Adds to `cells` as it goes, and expects in `records` what came of the trials before. */
export function* ascent(
  ramp: Ramp,
  cells: Cell[],
  records: readonly TrialRecord[],
): Iterable<Trial> {
  let climbing = ramp.options.servers;
  // Level by level, so that what the machine does meanwhile happens to every server.
  while (climbing.length > 0) {
    const level: Cell[] = [];
    for (const server of climbing) {
      const cell = nextCell(ramp, server, cells, records);
      if (cell === null) continue;
      cells.push(cell);
      level.push(cell);
    }
    yield* trialsOf(level, ramp.options, records.length);
    climbing = level.map(({ server }) => server);
  }
}

function nextCell(
  { options, question, machine }: Ramp,
  server: string,
  cells: readonly Cell[],
  records: readonly TrialRecord[],
): Cell | null {
  const own = cells.filter((cell) => cell.server === server);
  const [climb] = climbsOf({ cells: own }, records, question);
  const level = nextLevel(climb?.tried ?? [], question);
  if (level === null) return null;
  const step = { ...options, servers: [server], ...LOADS[question.raised].at(level) };
  const [cell] = plan(step, machine).cells;
  return cell ? { ...cell, number: cells.length + 1 } : null;
}

function* trialsOf(
  cells: readonly Cell[],
  { trials, seed }: EchoOptions,
  before: number,
): Iterable<Trial> {
  const level = { cells, control: null, blocks: trials, stopping: BLOCKS, seed };
  for (let block = 1; block <= trials; block++)
    for (const trial of blockOf(level, block)) yield { ...trial, number: before + trial.number };
}

/** As a table shows it: server by server, rising, without what was broken off; of what can't be run, the least is enough. */
export function planSoFar(
  cells: readonly Cell[],
  records: readonly TrialRecord[],
  { options, question }: Ramp,
): Plan {
  const { of } = LOADS[question.raised];
  const tried = new Set(finished(records).map(({ cell }) => cell));
  const shown = options.servers.flatMap((server) => {
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
