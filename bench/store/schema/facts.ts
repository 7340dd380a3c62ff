/** The schemas of problems and notes: each kind with its figures. */
import { z } from 'zod';
import type {
  EarlierFigures,
  Fact,
  NoteFigures,
  Problem,
  ProblemFigures,
  Note as TrialNote,
} from '../../facts.js';
import { fields, maybe, number, text } from './parts.js';

type Schemas<Figures> = { readonly [Kind in keyof Figures]: z.ZodType<Figures[Kind]> };

const none = z.object({}) as z.ZodType<Readonly<Record<string, never>>>;
const of = z.enum(['server', 'control']);

const PROBLEMS: Schemas<ProblemFigures> = {
  'broken off': z.object({ reason: text }),
  'server process died': z.object({ of, reason: text }),
  'connections failed': z.object({ of, failure: text, connections: number }),
  'connections not accepted': fields(['accepted', 'expected'], number),
  'connections not open at once': fields(['open', 'expected'], number),
  'rows differ': z.object({ rows: number, compared: number, example: text }),
  'transfers differ': z.object({ transfers: number, compared: number, example: text }),
  'no request answered': none,
  'slice not drained': none,
  'slices without an answer': fields(['slices'], number),
  'no pair of slices': none,
  'CPU time read late': fields(['ms'], number),
  'impossible figure': z.object({ figure: text, value: maybe, low: number, high: maybe }),
};

const NOTES: Schemas<NoteFigures> = {
  'client-bound': fields(['busy'], number),
  'cold compiler': fields(['requests'], number),
  'shared CPU': none,
  'client threads exceed CPUs': none,
  'waiting in the accept queue': fields(['served', 'waiting'], number),
  'requests under way': fields(['measured', 'expected'], number),
  'few requests': fields(['requests'], number),
  'few round trips': fields(['roundTrips'], number),
  'busy while the other was measured': z.object({ of, busy: number }),
  'behind schedule': fields(['achievedRatio'], number),
  'connections unanswered': fields(['connections'], number),
  'rows lost': fields(['connections'], number),
  'transfers unknown': fields(['transfers'], number),
  'transfers not recorded': z.object({ transfers: number, side: z.enum(['server', 'client']) }),
  'CPU time stolen': fields(['share'], number),
  'other programs': fields(['cpus'], number),
  'CPU quota': fields(['seconds'], number),
  'sockets in TIME_WAIT': fields(['sockets'], number),
  'accept queue overflowed': fields(['times'], number),
  'segments retransmitted': fields(['segments'], number),
};

const EARLIER: Schemas<EarlierFigures> = { earlier: z.object({ text }) };

function listOf<Each extends Fact>(kinds: Readonly<Record<string, z.ZodType>>) {
  const each = Object.entries(kinds).map(([kind, figures]) =>
    z.object({ kind: z.literal(kind), figures }),
  );
  return z.array(z.union(each)).readonly() as unknown as z.ZodType<readonly Each[]>;
}

export const problems = listOf<Problem>({ ...PROBLEMS, ...EARLIER });
export const notes = listOf<TrialNote>({ ...NOTES, ...EARLIER });
