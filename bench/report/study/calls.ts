/** System calls per request by kind, with their usual names. Pure. */
import { type CountName, systemCalls } from '../../../lib/account/counts.js';
import type { TrialRecord } from '../../record.js';
import { medianOf } from '../../statistics/median.js';
import { wholeServer } from '../../whole-server.js';

export const CALL_KINDS: readonly (readonly [CountName, string])[] = [
  ['callReceive', 'receive'],
  ['callSend', 'send'],
  ['callWait', 'wait'],
  ['callAccept', 'accept'],
  ['callPeer', 'getpeername'],
  ['callControl', 'control'],
  ['callClose', 'close'],
  ['callShutdown', 'shutdown'],
  ['callThread', 'thread'],
  ['callStorage', 'file'],
];

/** Divided by the server's own count of requests over the same time; medians of the trials. Empty if the calls are unknown; kinds without calls are left out. */
export function callsPerRequest(
  records: readonly TrialRecord[],
): { name: string; value: number }[] {
  const counted = records.flatMap(({ measurement }) => {
    const counts = measurement && wholeServer(measurement).counts;
    const requests = counts?.requests ?? 0;
    return counts && systemCalls(counts) !== null && requests > 0 ? [{ counts, requests }] : [];
  });
  return CALL_KINDS.flatMap(([kind, name]) => {
    const value = medianOf(counted.map(({ counts, requests }) => (counts[kind] ?? 0) / requests));
    return value === null || value === 0 ? [] : [{ name, value }];
  });
}
