/** What a ramp found, in plain words: how far each server holds, and what breaks it. */
import { LOADS, type LoadName } from '../plan/ramp.js';
import type { Climb } from '../statistics/climb.js';
import { count } from './document/phrases.js';
import { whole } from './format.js';
import { serverName } from './server-name.js';
import type { Colors } from './terminal.js';

export function climbLines(climbs: readonly Climb[], raised: LoadName, color: Colors): string {
  return climbs
    .map((climb) => `${color.bold(serverName(climb.server))} ${outcomeOf(climb, raised)}`)
    .join('\n');
}

/** `holds 1,000 connections; at 2,000: …`: what a server's name stands before. */
export function outcomeOf({ held, broken }: Climb, raised: LoadName): string {
  const { unit, single } = LOADS[raised];
  const holds = held === 0 ? 'holds no level' : `holds ${count(held, single, unit)}`;
  if (broken === null) return `${holds}, the most that was tried`;
  const cause = broken.cause === '' ? '' : ` (${broken.cause})`;
  return `${holds}; at ${whole(broken.level)}: ${broken.broken}${cause}`;
}
