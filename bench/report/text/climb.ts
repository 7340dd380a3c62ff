/** What a ramp found, in plain words: how far each server holds, and what breaks it. */
import { LOADS, type LoadName } from '../../plan/ramp.js';
import type { Climb, Outcome } from '../../statistics/climb.js';
import { whole } from './format.js';
import { count } from './phrases.js';

/** `holds 1,000 connections (…); at 2,000: …`: what a server's name stands before. */
export function outcomeOf(climb: Climb, raised: LoadName): string {
  const { held, broken } = climb;
  const { unit, single } = LOADS[raised];
  const holds = held === 0 ? 'holds no level' : `holds ${count(held, single, unit)}`;
  if (broken === null) return `${holds}, the most that was tried${sureOf(climb)}`;
  const cause = broken.cause === '' ? '' : ` (${broken.cause})`;
  return `${holds}${sureOf(climb)}; at ${whole(broken.level)}: ${broken.broken}${cause}`;
}

/** How far all trials agree; nothing where there is one of each level. */
function sureOf({ tried, low, high, broken }: Climb): string {
  if (tried.every(({ trials }) => trials === 1)) return '';
  const always = low === 0 ? 'no level in every trial' : `${whole(low)} in every trial`;
  if (broken === null) return ` (${always})`;
  const end = tried.find(({ level }) => level === high);
  const breaks = end ? ENDS[end.outcome](whole(end.level)) : 'no tried level broke in every trial';
  return ` (${always}; ${breaks})`;
}

/** What is known of the level beyond which none held. */
const ENDS: Readonly<Record<Outcome, (level: string) => string>> = {
  judged: (level) => `${level} broke in every trial`,
  impossible: (level) => `${level} is not possible`,
  inconclusive: (level) => `${level} could not be judged in any trial`,
};
