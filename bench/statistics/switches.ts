/** Context switches of the server per request. Pure. */
import type { CpuUse, Measurement } from '../record.js';

/** Null if unknown. Switches and requests are both counted from the first message on, including the warm-up. */
export function switchesPerRequest(
  { serverCpu, counts, requests }: Measurement,
  get: (server: CpuUse) => number,
): number | null {
  const served = counts?.requests ?? requests.total;
  return serverCpu === null || served === 0 ? null : get(serverCpu) / served;
}
