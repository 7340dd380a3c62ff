/** Problems and notes of a trial, as data. bench/report/text/facts.ts has their texts. */

export type Side = 'server' | 'control';

/** Each problem that makes a trial invalid, with its figures. */
export interface ProblemFigures {
  'broken off': { readonly reason: string };
  'server process died': { readonly of: Side; readonly reason: string };
  'connections failed': {
    readonly of: Side;
    readonly failure: string;
    readonly connections: number;
  };
  'connections not accepted': { readonly accepted: number; readonly expected: number };
  'connections not open at once': { readonly open: number; readonly expected: number };
  'rows differ': { readonly rows: number; readonly compared: number; readonly example: string };
  'transfers differ': {
    readonly transfers: number;
    readonly compared: number;
    readonly example: string;
  };
  'no request answered': Readonly<Record<string, never>>;
  'slice not drained': Readonly<Record<string, never>>;
  'slices without an answer': { readonly slices: number };
  'no pair of slices': Readonly<Record<string, never>>;
  'CPU time read late': { readonly ms: number };
  /** `value` null: not a number. `high` null: no upper bound. */
  'impossible figure': {
    readonly figure: string;
    readonly value: number | null;
    readonly low: number;
    readonly high: number | null;
  };
}

/** Each note on a trial, valid or not. Shares and `busy` are fractions of 1. */
export interface NoteFigures {
  'client-bound': { readonly busy: number };
  'cold compiler': { readonly requests: number };
  'shared CPU': Readonly<Record<string, never>>;
  'client threads exceed CPUs': Readonly<Record<string, never>>;
  'waiting in the accept queue': { readonly served: number; readonly waiting: number };
  'requests under way': { readonly measured: number; readonly expected: number };
  'few requests': { readonly requests: number };
  'few round trips': { readonly roundTrips: number };
  'busy while the other was measured': { readonly of: Side; readonly busy: number };
  'behind schedule': { readonly achievedRatio: number };
  'connections unanswered': { readonly connections: number };
  'rows lost': { readonly connections: number };
  'transfers unknown': { readonly transfers: number };
  'transfers not recorded': { readonly transfers: number; readonly side: 'server' | 'client' };
  'CPU time stolen': { readonly share: number };
  'other programs': { readonly cpus: number };
  'CPU quota': { readonly seconds: number };
  'sockets in TIME_WAIT': { readonly sockets: number };
  'accept queue overflowed': { readonly times: number };
  'segments retransmitted': { readonly segments: number };
}

/** Records of earlier versions hold a sentence instead. */
export interface EarlierFigures {
  earlier: { readonly text: string };
}

export type FactFigures = ProblemFigures & NoteFigures & EarlierFigures;
export type FactKind = keyof FactFigures;

type FactOf<Kind extends FactKind> = {
  [K in Kind]: { readonly kind: K; readonly figures: FactFigures[K] };
}[Kind];

export type Problem = FactOf<keyof ProblemFigures | 'earlier'>;
export type Note = FactOf<keyof NoteFigures | 'earlier'>;
export type Fact = Problem | Note;

/** Follow from a failure of the control, because it ends the traffic of both sides. */
const OF_TRAFFIC: readonly string[] = [
  'no request answered',
  'slice not drained',
  'slices without an answer',
];
const OF_MEASUREMENT: readonly string[] = [
  'no pair of slices',
  'CPU time read late',
  'impossible figure',
];

/** The machine, the control or the measurement made the trial invalid, so it shows nothing about the server. */
export function isInconclusive(problems: readonly Problem[]): boolean {
  const ofControl = (one: Problem) => 'of' in one.figures && one.figures.of === 'control';
  const hasControlFailed = problems.some(ofControl);
  const excused = (one: Problem) =>
    ofControl(one) ||
    OF_MEASUREMENT.includes(one.kind) ||
    (hasControlFailed && OF_TRAFFIC.includes(one.kind));
  return problems.length > 0 && problems.every(excused);
}
