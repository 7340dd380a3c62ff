/** Context switches of the server for each request. Pure. */
import type { CpuUse, Measurement } from '../record.js';

/** Null where they aren't known. They are counted from the first message on, warm-up included, and so are the requests. */
export function switchesPerRequest(
  { serverCpu, counts, requests }: Measurement,
  get: (server: CpuUse) => number,
): number | null {
  const served = counts?.requests ?? requests.total;
  return serverCpu === null || served === 0 ? null : get(serverCpu) / served;
}
