/** The schemas of both sides' transfers, and of their reconciliation. */
import { z } from 'zod';
import { fields, maybe, maybeText, number, type Of, text } from './parts.js';

/** One side's transfers of a trial, in numbers. */
const totals = z.object({
  /** Recorded transfers, the refused and the incomplete included. */
  transfers: number,
  refused: number,
  incomplete: number,
  /** Of payload. */
  bytes: number,
  /** Of completed transfers; null without one. */
  meanMs: maybe,
  longestMs: maybe,
  /** Transfers that were not recorded, because a process had no room for more. */
  unrecorded: number,
});

/** The first of these that differs; `missing`: one side has no such transfer. */
const KINDS = ['missing', 'operation', 'outcome', 'bytes'] as const;

const difference = z.object({
  kind: z.enum(KINDS),
  /** The client's ADDRESS:PORT. */
  connection: text,
  /** On its connection, from 1. */
  number,
  /** What each side has recorded; null: nothing. */
  client: maybeText,
  server: maybeText,
});

const reconciliation = z.object({
  compared: number,
  mismatches: number,
  /** Transfers that only a dead server process knew, or that one side had no room to record. */
  unknown: number,
  byKind: fields(KINDS, number),
  /** The first few. */
  examples: z.array(difference).readonly(),
});

/** Means of what the client's time for a transfer consists of. */
const parts = z.object({
  /** Until the server had read the request. */
  waitingMs: number,
  /** Until the first byte of the answer. */
  sendingMs: number,
  /** Until its last byte. */
  answeringMs: number,
});

/** The transfers of both sides, over all traffic. */
export const transfers = z.object({
  client: totals,
  /** Null where the server keeps no rows. */
  server: totals.nullable(),
  reconciliation: reconciliation.nullable(),
  /** Of transfers that both sides know as completed; null without one. */
  parts: parts.nullable(),
});

export type TransferTotals = Of<typeof totals>;
export type TransferDifference = Of<typeof difference>;
export type TransferDifferenceKind = TransferDifference['kind'];
export type TransferReconciliation = Of<typeof reconciliation>;
export type Transfers = Of<typeof transfers>;
