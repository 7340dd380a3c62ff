/** The result of a ramp for a server, in words: the level that it holds, and what breaks it. */

import type { Load } from '../../plan/ramp.js';
import type { ServiceWording } from '../../services/wording.js';
import type { RampResult, TriedLevel } from '../../statistics/ramp-result.js';
import { count, whole } from '../../text/format.js';
import { breachInWords, causeInWords } from './judgement.js';

/** `holds 1,000 connections (…); at 2,000: …`: continues a sentence that starts with the server's name. */
export function outcomeOf(
  result: RampResult,
  { unit, single }: Pick<Load, 'unit' | 'single'>,
  wording: ServiceWording,
): string {
  const { held, broken, tried } = result;
  const holds = held === 0 ? 'holds no level' : `holds ${count(held, single, unit)}`;
  if (broken === null) return `${holds}, the highest level tried${sureOf(result)}`;
  const cause = broken.cause === null ? '' : ` (${causeInWords(broken.cause, wording)})`;
  const where = broken.trial === null ? '' : `, trial ${broken.trial}`;
  const reason = `at ${whole(broken.level)}${where}: ${breachInWords(broken.breach, wording)}${cause}`;
  const isUnknown = held === 0 && tried.every(({ outcome }) => outcome === 'inconclusive');
  return isUnknown ? `could not be judged; ${reason}` : `${holds}${sureOf(result)}; ${reason}`;
}

/** The levels on which all trials agree; empty with one trial per level. */
function sureOf({ tried, held, low, high, broken }: RampResult): string {
  if (tried.every(({ trials, leftOut }) => trials + leftOut === 1)) return '';
  const sure = tried.find(({ level }) => level === low);
  // Below the answer a level may break by chance; the search does not go back.
  const between = tried.filter((one) => one.held === 0 && one.level < held);
  const end = tried.find(({ level }) => level === high) ?? tried.at(-1);
  const facts = [
    sure === undefined ? 'no level held in all its trials' : heldIn(sure),
    ...between.map(heldIn),
    ...(broken === null || end === undefined ? [] : [heldIn(end)]),
  ];
  return ` (${facts.join('; ')})`;
}

/** `20 held in all 3 trials`. */
function heldIn({ level, trials, held, outcome, leftOut }: TriedLevel): string {
  if (outcome === 'impossible') return `${whole(level)} is not possible`;
  if (outcome === 'inconclusive') return `${whole(level)} could not be judged in any trial`;
  const judged = leftOut > 0 ? ' that could be judged' : '';
  const of = trials === 1 ? `the one trial${judged}` : `${trials} trials${judged}`;
  if (held === 0) return `${whole(level)} did not hold in ${trials === 1 ? of : `any of ${of}`}`;
  if (held < trials) return `${whole(level)} held in ${held} of ${of}`;
  return `${whole(level)} held in ${trials === 1 ? of : `all ${of}`}`;
}
