/** What a ramp found, in plain words: how far each server holds, and what breaks it. */
import type { Tried } from '../plan/ramp.js';
import { type Condition, judgeLevel } from '../statistics/service-level.js';
import type { Row } from '../statistics/summarize.js';
import { whole } from './format.js';
import { serverName } from './server-name.js';
import type { Colors } from './terminal.js';

/** One server's way up: its levels in the order of trying, with their rows. */
export interface Climb {
  readonly server: string;
  readonly tried: readonly Tried[];
  readonly rows: readonly Row[];
}

export function climbLines(
  climbs: readonly Climb[],
  conditions: readonly Condition[],
  color: Colors,
): string {
  return climbs.map((climb) => lineOf(climb, conditions, color)).join('\n');
}

function lineOf({ server, tried, rows }: Climb, conditions: readonly Condition[], color: Colors) {
  const name = color.bold(serverName(server));
  const held = Math.max(0, ...tried.filter(({ holds }) => holds).map(({ level }) => level));
  const broken = tried
    .map(({ level, holds }, i) => ({ level, holds, i }))
    .filter(({ level, holds }) => !holds && level > held)
    .sort((a, b) => a.level - b.level)[0];
  const holds = held === 0 ? 'holds no level' : `holds ${whole(held)} connections`;
  const row = broken && rows[broken.i];
  if (!broken || !row) return `${name} ${holds}, the most that was tried`;
  const { broken: what, cause } = judgeLevel(row, conditions, rows.slice(0, broken.i));
  return `${name} ${holds}; at ${whole(broken.level)}: ${what}${cause === '' ? '' : ` (${cause})`}`;
}
