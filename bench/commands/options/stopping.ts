/** When a run ends, for commands whose plan may grow by whole blocks. */
import type { Command } from 'commander';
import { UsageError } from '../../cli/usage-error.js';
import { percentage, positiveDuration } from '../../cli/values.js';
import { MOST_BLOCKS, type Stopping } from '../../plan/stopping.js';
import { add } from './option.js';

export interface StoppingFlags {
  /** As a share of a ratio. */
  readonly untilStable?: number;
  /** In ns. */
  readonly budget?: number;
}

export function addStopping(command: Command): void {
  add(
    command,
    '--until-stable <share>',
    `more trials per cell until every interval is within this share of its ratio, e.g. 3%; at most ${MOST_BLOCKS}`,
    percentage,
  );
  add(
    command,
    '--budget <time>',
    'time for all trials, e.g. 10m; ends earlier once every pair of servers with valid trials is decided',
    positiveDuration,
  );
}

export function stoppingOf({ untilStable, budget }: StoppingFlags): Stopping {
  if (untilStable !== undefined && budget !== undefined)
    throw new UsageError('--budget: not together with --until-stable; allowed: one of them');
  if (budget !== undefined) return { kind: 'budget', ns: budget };
  return untilStable === undefined ? { kind: 'blocks' } : { kind: 'stable', share: untilStable };
}
