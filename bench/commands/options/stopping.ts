/** The options that end a run, for commands whose plan can grow by whole blocks. */
import type { Command } from 'commander';
import { add } from '../../cli/option.js';
import { UsageError } from '../../cli/usage-error.js';
import { percentage, positiveDuration } from '../../cli/values.js';
import { MOST_BLOCKS, type Stopping } from '../../plan/stopping.js';

export interface StoppingFlags {
  /** As a fraction of a ratio. */
  readonly untilStable?: number;
  /** In ns. */
  readonly budget?: number;
}

export function addStopping(command: Command): void {
  add(
    command,
    '--until-stable <share>',
    `half-width that every confidence interval must reach, as a share of its ratio, e.g. 3%; trials are added until then, at most ${MOST_BLOCKS} per cell`,
    percentage,
  );
  add(
    command,
    '--budget <time>',
    'time for all trials, e.g. 10m; ends earlier when every pair of servers with valid trials is decided',
    positiveDuration,
  );
}

export function stoppingOf({ untilStable, budget }: StoppingFlags): Stopping {
  if (untilStable !== undefined && budget !== undefined)
    throw new UsageError("--budget: can't be combined with --until-stable");

  if (budget !== undefined) return { kind: 'budget', ns: budget };
  return untilStable === undefined ? { kind: 'blocks' } : { kind: 'stable', share: untilStable };
}
