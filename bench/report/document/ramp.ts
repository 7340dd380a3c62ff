/** The results of a ramp: the level that each server holds, and what breaks it. */

import { type Load, loadNamed } from '../../plan/ramp.js';
import { LEAST_ACHIEVED } from '../../record.js';
import type { RampQuestion } from '../../statistics/ramp-result.js';
import { MOST_LOSS } from '../../statistics/service-level.js';
import type { Study } from '../study/study.js';
import type { Block } from '../text/blocks.js';
import { capital, listed } from '../text/phrases.js';
import { outcomeOf } from '../text/ramp.js';

export function rampList(study: Study, ramp: RampQuestion): Block[] {
  const { rampResults, nameOf, wording } = study;
  const load = variedLoad(study, ramp);
  const items = rampResults.map((result) => ({
    head: nameOf(result.server),
    text: `${capital(outcomeOf(result, load, wording))}.`,
  }));
  return [{ kind: 'list', items }];
}

/** The load that the ramp varied. */
export function variedLoad({ service }: Study, { factor }: RampQuestion): Load {
  return loadNamed(service, factor);
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
