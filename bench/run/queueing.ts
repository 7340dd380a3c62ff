/** How long the connections of a trial waited until the server accepted them. Pure. */
import { queueingDelays } from '../../lib/account/queueing.js';
import { maxIfAny, meanIfAny } from '../../lib/sums.js';
import type { Measurement } from '../record.js';
import { type Evidence, hasLostRows } from './evidence.js';

/** Null if no connection is known to both sides. */
export function queueingOf(evidence: Evidence): Measurement['queueing'] {
  const { load, serverRows } = evidence;
  if (!load || !serverRows) return null;
  const delays = [...queueingDelays(load.rows, serverRows, hasLostRows(evidence)).values()];
  const [mean, longest] = [meanIfAny(delays), maxIfAny(delays)];
  return mean === null || longest === null
    ? null
    : { meanMs: mean / 1e6, longestMs: longest / 1e6 };
}
