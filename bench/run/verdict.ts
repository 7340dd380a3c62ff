/** Decides whether a trial is valid, and collects its problems and notes. Pure. */
import { SATURATED, usableCpus } from '../plan/cpus.js';
import type { Cell } from '../plan/plan.js';
import type { Measurement, Verdict } from '../record.js';
import { wholeServer } from '../whole-server.js';
import type { Evidence } from './evidence.js';
import { notesOf } from './notes.js';
import { problemsOf } from './problems.js';

export function judge(
  cell: Cell,
  evidence: Evidence,
  measured: Measurement | null,
  error: string | null,
): Verdict {
  const clientBound = measured !== null && isClientBound(cell, measured);
  const problems = problemsOf(cell, evidence, measured, error);
  return {
    valid: problems.length === 0 && measured !== null,
    clientBound,
    problems,
    notes: measured === null ? [] : notesOf(cell, evidence, measured, clientBound),
  };
}

/** The client's CPU was saturated and the server's was not, so the client limited the throughput. */
function isClientBound(cell: Cell, measured: Measurement): boolean {
  const { cpu } = wholeServer(measured);
  if (measured.clientCpu.busiestThread < SATURATED || cpu === null) return false;
  return cpu.busy < SATURATED * usableCpus(cell);
}
