/** The results of a ramp: the level that each server holds, and what breaks it. */

import { LEAST_ACHIEVED } from '../../record.js';
import type { RampQuestion } from '../../statistics/climb.js';
import { MOST_LOSS } from '../../statistics/service-level.js';
import type { Study } from '../study/study.js';
import type { Block } from '../text/blocks.js';
import { outcomeOf } from '../text/climb.js';
import { capital, listed } from '../text/phrases.js';

export function climbs({ climbs, nameOf, wording }: Study, ramp: RampQuestion): Block[] {
  const items = climbs.map((climb) => ({
    head: nameOf(climb.server),
    text: `${capital(outcomeOf(climb, ramp.raised, wording))}.`,
  }));
  return [{ kind: 'list', items }];
}

/** The service level in words. */
export function levelOf({ cells, wording }: Study, { conditions }: RampQuestion): string {
  const isOpen = cells.some(({ cell }) => cell.rate > 0);
  const usual = `${wording.efficiency} within ${MOST_LOSS * 100} % of the best of the smaller loads`;
  return listed([
    'no failure',
    'no connection without an answer',
    ...(isOpen
      ? [`${LEAST_ACHIEVED * 100} % of the due ${wording.message.many} sent and answered`]
      : []),
    ...(conditions.length === 0 && !isOpen ? [usual] : conditions.map(({ text }) => text)),
  ]);
}
