/** Finds the problems that make a trial invalid. Pure. */
import type { Reconciliation } from '../../lib/account/reconcile.js';
import {
  differenceInWords,
  type TransferReconciliation,
} from '../../lib/account/reconcile-transfers.js';
import type { Problem, Side } from '../facts.js';
import type { Cell } from '../plan/plan.js';
import type { Measurement } from '../record.js';
import type { Evidence } from './evidence.js';
import { failuresByKind } from './failures.js';
import { impossible } from './ranges.js';

/** Largest delay of a reading of the server's CPU time, as a fraction of the window. */
const MOST_SLIP = 0.01;

export function problemsOf(
  cell: Cell,
  evidence: Evidence,
  measured: Measurement | null,
  error: string | null,
): readonly Problem[] {
  // The error that aborted a trial explains all other failures.
  if (error !== null) return [{ kind: 'broken off', figures: { reason: error } }];
  if (measured === null) return [];
  return [
    ...capped(cell, evidence),
    ...died('server', evidence.died),
    ...failed('server', unexplained(measured.failuresByKind, evidence)),
    ...unopened(cell, evidence, measured),
    ...unreconciled(measured.reconciliation),
    ...unreconciledTransfers(measured.transfers?.reconciliation ?? null),
    ...wrong(evidence),
    ...died('control', evidence.controlDied),
    ...failed('control', failuresByKind(evidence.control?.rows ?? [])),
    ...unanswered(measured),
    ...readLate(measured),
    ...impossible(cell, measured),
    ...unpaired(measured),
  ];
}

function capped({ capNs }: Cell, { isCapped }: Evidence): Problem[] {
  return isCapped ? [{ kind: 'cap exceeded', figures: { capSeconds: capNs / 1e9 } }] : [];
}

/** The cap explains the connections that it interrupted. */
function unexplained(byKind: Readonly<Record<string, number>>, { isCapped }: Evidence) {
  const { interrupted: _, ...others } = byKind;
  return isCapped ? others : byKind;
}

function wrong({ wrongTransfers: transfers = 0 }: Evidence): Problem[] {
  return transfers === 0 ? [] : [{ kind: 'transfers wrong', figures: { transfers } }];
}

function died(of: Side, reason: string | undefined): Problem[] {
  return reason === undefined ? [] : [{ kind: 'server process died', figures: { of, reason } }];
}

/** The most frequent first. */
function failed(of: Side, byKind: Readonly<Record<string, number>>): Problem[] {
  return Object.entries(byKind)
    .sort(([one, n], [other, m]) => m - n || one.localeCompare(other))
    .map(([failure, connections]) => ({
      kind: 'connections failed',
      figures: { of, failure, connections },
    }));
}

function unopened(cell: Cell, { acceptedBeforeGo }: Evidence, measured: Measurement): Problem[] {
  const { open } = measured.peak;
  const expected = cell.connections + cell.idle;
  const isShort = cell.start === 'barrier' && open < expected && measured.failures === 0;
  return [
    ...(acceptedBeforeGo && acceptedBeforeGo.accepted < acceptedBeforeGo.expected
      ? [{ kind: 'connections not accepted', figures: acceptedBeforeGo } as const]
      : []),
    ...(isShort
      ? [{ kind: 'connections not open at once', figures: { open, expected } } as const]
      : []),
  ];
}

function unreconciled(reconciliation: Reconciliation | null): Problem[] {
  if (reconciliation === null || reconciliation.mismatches === 0) return [];
  const { compared, mismatches, examples } = reconciliation;
  const example = `${examples[0]?.connection}: ${examples[0]?.what}`;
  return [{ kind: 'rows differ', figures: { rows: mismatches, compared, example } }];
}

function unreconciledTransfers(reconciliation: TransferReconciliation | null): Problem[] {
  if (reconciliation === null || reconciliation.mismatches === 0) return [];
  const { compared, mismatches, examples } = reconciliation;
  const example = examples.slice(0, 1).map(differenceInWords).join();
  return [{ kind: 'transfers differ', figures: { transfers: mismatches, compared, example } }];
}

function unanswered({ requests, failures, slices }: Measurement): Problem[] {
  const problems: Problem[] = [];
  if (requests.window === 0 && failures === 0)
    problems.push({ kind: 'no request answered', figures: {} });
  if (slices === null) return problems;
  const { undrained, silent } = slices;
  if (undrained > 0) problems.push({ kind: 'slice not drained', figures: {} });
  else if (silent > 0)
    problems.push({ kind: 'slices without an answer', figures: { slices: silent } });
  return problems;
}

/** The thread that reads the CPU time may have waited for a CPU. */
function readLate({ readingSlipS, windowS }: Measurement): Problem[] {
  if (readingSlipS === null || readingSlipS <= MOST_SLIP * windowS) return [];
  return [{ kind: 'CPU time read late', figures: { ms: readingSlipS * 1e3 } }];
}

/** Only if no other problem explains it. */
function unpaired({ slices, failures }: Measurement): Problem[] {
  if (slices === null || slices.logRatios.length > 0) return [];
  const isExplained = failures + slices.undrained + slices.silent > 0;
  return isExplained ? [] : [{ kind: 'no pair of slices', figures: {} }];
}
