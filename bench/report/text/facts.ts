/** Facts about trials in words. Facts of one kind are merged into one sentence, with the range of their figures. */

import { groupBy } from '../../../lib/group.js';
import type { Fact, FactFigures, FactKind } from '../../facts.js';
import type { Noun, ServiceWording } from '../../services/wording.js';
import { whole } from '../../text/format.js';
import { mergedText, withoutNumbers } from './earlier-text.js';
import { percent } from './phrases.js';

/** Each figure as shown: `7`, or `7 to 12`. */
type Shown<Kind extends FactKind> = { readonly [Name in keyof FactFigures[Kind]]: string };

type Words = {
  readonly [Kind in FactKind]: (figures: Shown<Kind>, wording: ServiceWording) => string;
};

const named = (one: string): Noun => ({ one, many: `${one}s` });
const CONNECTION = named('connection');
const SLICE = named('slice');
const SOCKET = named('socket');
const TIME = named('time');
const SEGMENT = named('segment');

const OF = { server: '', control: 'the baseline: ' } as const;

const WORDS: Words = {
  earlier: ({ text }) => text,
  'broken off': ({ reason }) => reason,
  'server process died': ({ of, reason }) => `${ofSide(of)}${reason}`,
  'connections failed': ({ of, failure, connections }) =>
    `${ofSide(of)}${plural(connections, CONNECTION)} failed: ${failure}`,
  'connections not accepted': ({ accepted, expected }) =>
    `the server had accepted ${accepted} of ${expected} connections when the barrier opened`,
  'connections not open at once': ({ open, expected }) =>
    `only ${open} of ${expected} connections were open at the same time`,
  'rows differ': ({ rows, compared, example }) =>
    `${rows} of ${plural(compared, CONNECTION)} differ between client and server; ${example}`,
  'transfers differ': ({ transfers, compared, example }, { exchange }) =>
    `${transfers} of ${plural(compared, exchange)} differ between client and server; ${example}`,
  'transfers wrong': ({ transfers }, { exchange }) =>
    `${plural(transfers, exchange)} that the server confirmed did not have their effect`,
  'cap exceeded': ({ capSeconds }) =>
    `the traffic took longer than the cap of ${capSeconds} s and was ended`,
  'no request answered': (_, { exchange }) =>
    `no ${exchange.one} was answered in the measured window`,
  'slice not drained': (_, { exchange }) =>
    `${exchange.many} of a slice were not answered in time: measure with --slices off`,
  'slices without an answer': ({ slices }) => `${plural(slices, SLICE)} had no answer`,
  'no pair of slices': () => 'no pair of slices was measured',
  'CPU time read late': ({ ms }) =>
    `the server's CPU time was read ${ms} ms late, more than 1 % of the window: the machine was too busy`,
  'impossible figure': ({ figure, value, low, high }) =>
    `${figure} can't be ${value} (possible range: ${low} to ${high})`,
  'client-bound': ({ busy }, { efficiency }) =>
    `client-bound (a client thread at ${busy} of its CPU): compare ${efficiency}`,
  'cold compiler': ({ requests }, { exchange }) =>
    `measured cold: Node still compiles hot code during the first ${plural(requests, exchange)}; --duration adds a warm-up`,
  'shared CPU': () => 'server and client share a CPU',
  'client threads exceed CPUs': () => 'more client threads than the client has CPUs',
  'waiting in the accept queue': ({ served, waiting }) =>
    `${plural(served, CONNECTION)} served at a time; ${waiting} waited in the accept queue`,
  'requests under way': ({ measured, expected }, { exchange }) =>
    `throughput × mean latency is ${measured} ${exchange.many} under way, not ${expected}: the window is too short for its latencies, or the load was uneven`,
  'few requests': ({ requests }, { exchange }) =>
    `only ${plural(requests, exchange)} in the measured window`,
  'few round trips': ({ roundTrips }) =>
    `a slice has only ${roundTrips} round trips of all connections: increase --duration`,
  'busy while the other was measured': ({ of, busy }) =>
    `the ${of === 'control' ? 'baseline' : of} used ${busy} of a CPU while the other server was measured`,
  'rows lost': ({ connections }) =>
    `the rows of ${plural(connections, CONNECTION)} were lost with a server process and are not reconciled`,
  'transfers unknown': ({ transfers }, { exchange }) =>
    `${plural(transfers, exchange)} can't be compared: the server's record was lost with a process, or one side had no room for it`,
  'transfers not recorded': ({ transfers, side }, { exchange }) =>
    `the ${side} had no room to record ${plural(transfers, exchange)}`,
  'behind schedule': ({ achievedRatio }, { message }) =>
    `achieved ratio ${achievedRatio}: not all ${message.many} were sent and answered in time`,
  'connections unanswered': ({ connections }) =>
    `${plural(connections, CONNECTION)} got no answer before the window ended`,
  'CPU time stolen': ({ share }) => `the hypervisor took ${share} of the CPU time`,
  'other programs': ({ cpus }) => `other programs used ${cpus} CPUs during the trial`,
  'CPU quota': ({ seconds }) => `the control group's CPU quota stopped both sides for ${seconds} s`,
  'sockets in TIME_WAIT': ({ sockets }) =>
    `${plural(sockets, SOCKET)} in TIME_WAIT when the trial began`,
  'accept queue overflowed': ({ times }) =>
    `the accept queue overflowed ${plural(times, TIME)}: those SYNs were dropped and retransmitted a second later`,
  'segments retransmitted': ({ segments }) => `${plural(segments, SEGMENT)} retransmitted`,
};

/** Formats of figures that are not counts. */
const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  ms: (value) => value.toFixed(1),
  busy: percent,
  share: percent,
  cpus: (value) => value.toFixed(1),
  capSeconds: shortest,
  seconds: (value) => value.toFixed(2),
  achievedRatio: (value) => value.toFixed(2),
  roundTrips: (value) => value.toFixed(1),
  measured: (value) => value.toFixed(1),
  value: shortest,
  low: shortest,
  high: shortest,
};

/** One sentence for each kind. */
export function sentences(facts: readonly Fact[], wording: ServiceWording): string[] {
  return [...alike(facts).values()].map((group) => sentenceOf(group, wording));
}

/** Groups facts that differ only in numbers, so that one sentence can state them. */
export function alike<Each extends Fact>(
  facts: readonly Each[],
): ReadonlyMap<string, readonly [Each, ...Each[]]> {
  return groupBy(facts, ({ kind, figures }) => {
    const texts = Object.values(figures).filter((one) => typeof one === 'string');
    return JSON.stringify([kind, ...(kind === 'earlier' ? texts.map(withoutNumbers) : texts)]);
  });
}

/** The sentence of facts that differ only in numbers. */
export function sentenceOf(facts: readonly [Fact, ...Fact[]], wording: ServiceWording): string {
  const [first] = facts;
  if (first.kind === 'earlier')
    return mergedText(facts.flatMap((fact) => (fact.kind === 'earlier' ? fact.figures.text : [])));
  const shown = Object.keys(first.figures).map((name) => {
    const values = facts.map(({ figures }) => (figures as Record<string, unknown>)[name]);
    return [name, rangeOf(name, values)] as const;
  });
  // WORDS[kind] takes the figures of that kind.
  const words = WORDS[first.kind] as (
    figures: Readonly<Record<string, string>>,
    wording: ServiceWording,
  ) => string;
  return words(Object.fromEntries(shown), wording);
}

function rangeOf(name: string, values: readonly unknown[]): string {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length < values.length) return String(values[0] ?? 'infinity');
  const format = FORMATS[name] ?? whole;
  const [least, most] = [format(Math.min(...numbers)), format(Math.max(...numbers))];
  return least === most ? least : `${least} to ${most}`;
}

function shortest(value: number): string {
  return value === Number.MIN_VALUE ? 'more than 0' : String(Number(value.toPrecision(4)));
}

function ofSide(of: string): string {
  return OF[of as keyof typeof OF];
}

/** `shown`: a figure as shown. */
function plural(shown: string, { one, many }: Noun): string {
  return `${shown} ${shown === '1' ? one : many}`;
}
