/** Context switches of the server per request. Pure. */
import type { CpuUse, Measurement } from '../record.js';
import { wholeServer } from '../whole-server.js';

/** Null if unknown. Switches and requests are both counted from the first message on, including the warm-up. */
export function switchesPerRequest(
  measured: Measurement,
  get: (server: CpuUse) => number,
): number | null {
  const { cpu, counts } = wholeServer(measured);
  const served = counts?.requests ?? measured.requests.total;
  return cpu === null || served === 0 ? null : get(cpu) / served;
}
