/** Why a server is not ranked, in words. */

import type { Unranked } from '../../statistics/contenders.js';
import { LEAST_BLOCKS } from '../../statistics/paired.js';

export const WHY_UNRANKED: Readonly<Record<Unranked, string>> = {
  skipped: 'skipped',
  'not run': 'not run',
  'no figure': 'unknown',
  'client-bound': 'limited by the client',
  starved: 'some connections got no answer',
  'too few blocks': `fewer than ${LEAST_BLOCKS} valid trials, or half or more invalid`,
};
