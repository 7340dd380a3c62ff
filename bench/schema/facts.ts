/** The schemas of problems and notes of a trial: each kind with its figures. bench/report/text/facts.ts has their texts. */
import { z } from 'zod';
import { maybe, number, type Of, text } from '../../lib/schema/parts.js';

const none = z.object({});
const of = z.enum(['server', 'control']);

/** Each problem that makes a trial invalid, with its figures. */
const PROBLEMS = {
  'broken off': z.object({ reason: text }),
  'server process died': z.object({ of, reason: text }),
  'connections failed': z.object({ of, failure: text, connections: number }),
  'connections not accepted': z.object({ accepted: number, expected: number }),
  'connections not open at once': z.object({ open: number, expected: number }),
  'rows differ': z.object({ rows: number, compared: number, example: text }),
  'transfers differ': z.object({ transfers: number, compared: number, example: text }),
  'transfers wrong': z.object({ transfers: number }),
  'cap exceeded': z.object({ capSeconds: number }),
  'no request answered': none,
  'slice not drained': none,
  'slices without an answer': z.object({ slices: number }),
  'no pair of slices': none,
  'CPU time read late': z.object({ ms: number }),
  /** `value` null: not a number. `high` null: no upper bound. */
  'impossible figure': z.object({ figure: text, value: maybe, low: number, high: maybe }),
};

/** Each note on a trial, valid or not. Shares and `busy` are fractions of 1. */
const NOTES = {
  'client-bound': z.object({ busy: number }),
  'cold compiler': z.object({ requests: number }),
  'shared CPU': none,
  'client threads exceed CPUs': none,
  'waiting in the accept queue': z.object({ served: number, waiting: number }),
  'requests under way': z.object({ measured: number, expected: number }),
  'few requests': z.object({ requests: number }),
  'few round trips': z.object({ roundTrips: number }),
  'busy while the other was measured': z.object({ of, busy: number }),
  'behind schedule': z.object({ achievedRatio: number }),
  'connections unanswered': z.object({ connections: number }),
  'rows lost': z.object({ connections: number }),
  'transfers unknown': z.object({ transfers: number }),
  'transfers not recorded': z.object({ transfers: number, side: z.enum(['server', 'client']) }),
  'CPU time stolen': z.object({ share: number }),
  'other programs': z.object({ cpus: number }),
  'CPU quota': z.object({ seconds: number }),
  'sockets in TIME_WAIT': z.object({ sockets: number }),
  'accept queue overflowed': z.object({ times: number }),
  'segments retransmitted': z.object({ segments: number }),
};

/** Records of earlier versions hold a sentence instead. */
const EARLIER = { earlier: z.object({ text }) };

type Figures<Kinds extends Readonly<Record<string, z.ZodType>>> = {
  [Kind in keyof Kinds]: Of<Kinds[Kind]>;
};

export type ProblemFigures = Figures<typeof PROBLEMS>;
export type NoteFigures = Figures<typeof NOTES>;
type EarlierFigures = Figures<typeof EARLIER>;
export type FactFigures = ProblemFigures & NoteFigures & EarlierFigures;
export type FactKind = keyof FactFigures;

type FactOf<Kind extends FactKind> = {
  [K in Kind]: { readonly kind: K; readonly figures: FactFigures[K] };
}[Kind];

export type Side = Of<typeof of>;
export type Problem = FactOf<keyof ProblemFigures | 'earlier'>;
export type Note = FactOf<keyof NoteFigures | 'earlier'>;
export type Fact = Problem | Note;

function listOf<Each extends Fact>(kinds: Readonly<Record<string, z.ZodType>>) {
  const each = Object.entries(kinds).map(([kind, figures]) =>
    z.object({ kind: z.literal(kind), figures }),
  );
  return z.array(z.union(each)).readonly() as unknown as z.ZodType<readonly Each[]>;
}

export const problems = listOf<Problem>({ ...PROBLEMS, ...EARLIER });
export const notes = listOf<Note>({ ...NOTES, ...EARLIER });
