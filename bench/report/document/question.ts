/** The question of the run, worded from its plan. */

import type { Cell } from '../../plan/plan.js';
import type { Factor } from '../../services/service.js';
import type { ServiceWording } from '../../services/wording.js';
import { count } from '../../text/format.js';
import { shellWord } from '../../text/shell.js';
import type { Study } from '../study/study.js';
import { code, paragraph, type Section, strong, type Text, words } from '../text/blocks.js';
import { listed, listedWords } from '../text/phrases.js';

export function question(study: Study): Section {
  const { run } = study;
  return {
    id: 'question',
    title: 'The question',
    blocks: [
      { kind: 'paragraph', lead: true, text: asked(study) },
      paragraph(
        words`${task(run.plan.cells, study.wording)} The run was started as ${code(commandLine(run.command))}.`,
      ),
    ],
  };
}

function asked(study: Study): Text {
  const { run } = study;
  const servers = subjects(study);
  const names = listedWords(servers.map((name) => strong(name)));
  const several = servers.length > 1;
  if (run.ramp !== null)
    return words`Up to which load ${several ? 'do' : 'does'} ${names} hold the service level ${loads(study)}, and what breaks ${several ? 'each' : 'it'} above that?`;
  return several
    ? words`Which of ${names} serves the same ${study.wording.exchange.many} with the least CPU time, and how does each perform ${loads(study)}?`
    : words`How does ${names} perform ${loads(study)}: throughput, latency, and cost in CPU time, system calls and memory?`;
}

/** The servers under test; in a ramp these exclude the baseline. */
function subjects({ run: { plan, ramp }, series }: Study): readonly string[] {
  const asked = plan.cells.filter(({ server }) => ramp === null || ramp.servers.includes(server));
  return series.filter(({ has }) => asked.some(has)).map(({ name }) => name);
}

/** With more names the title gives their number only. */
const MOST_NAMED = 4;

export function title(study: Study): string {
  const servers = subjects(study);
  const names = servers.length > MOST_NAMED ? `${servers.length} servers` : listed(servers);
  return `${names} ${loads(study)}`;
}

/** The varying and the fixed parts of the load: `with 64 connections and 0, 900 and 10,000 idle ones`. */
function loads({ run, levels, varying, wording: { message } }: Study): string {
  const values = (name: 'connections' | 'idle' | 'rate') => {
    const all = [...new Set(levels.map((level) => level[name]))].sort((a, b) => a - b);
    if (run.ramp?.factor === name) return range(all);
    return listed(all.map((value) => value.toLocaleString('en')));
  };
  const [first] = levels;
  const one = levels.length === 1 && first?.connections === 1;
  const varies = (factor: string) => varying.some(({ name }) => name === factor);
  const idle = varies('idle') || (first?.idle ?? 0) > 0;
  const rate = varies('rate') || (first?.rate ?? 0) > 0;
  return [
    `with ${values('connections')} connection${one ? '' : 's'}`,
    idle ? ` beside ${values('idle')} idle ones` : '',
    rate ? `, at ${values('rate')} ${message.many} per second in total` : '',
    ...varying.filter(({ name }) => levels.some(({ factors }) => name in factors)).map(ofService),
  ].join('');

  function ofService({ name, show, inQuestion }: Factor): string {
    const shown = levels.flatMap(({ factors: { [name]: value } }) =>
      value === undefined ? [] : [show(value)],
    );
    return `, ${inQuestion(listed([...new Set(shown)]))}`;
  }
}

/** The range of a ramp's levels, because listing them all would be too long. */
function range(rising: readonly number[]): string {
  const [first, last] = [rising[0] ?? 0, rising.at(-1) ?? 0];
  return first === last
    ? first.toLocaleString('en')
    : `${first.toLocaleString('en')} to ${last.toLocaleString('en')}`;
}

function task(cells: readonly Cell[], wording: ServiceWording): string {
  const [cell] = cells;
  return cell ? `${load(cells, wording)}; ${wording.task}.${lifetimeOf(cell)}` : '';
}

/** What each connection does; empty without cells. */
export function load(
  cells: readonly Cell[],
  { message, makes, sizeOf, next }: ServiceWording,
): string {
  const [cell] = cells;
  if (!cell) return '';
  const much =
    cell.repeat > 0
      ? `Each connection ${makes} ${count(cell.repeat, message.one, message.many)}`
      : `For ${seconds(cell.durationNs)} each connection ${makes} ${message.many}`;
  const pace =
    cell.rate > 0
      ? `on an absolute schedule (${cell.arrival} arrivals), whether or not the answers have arrived`
      : next;
  const sizes = [...new Set(cells.map(({ protocolOptions }) => sizeOf(protocolOptions)))];
  return `${much} of ${listed(sizes)}, ${pace}`;
}

function lifetimeOf({ lifetime }: Cell): string {
  switch (lifetime.kind) {
    case 'none':
      return '';
    case 'fixed':
      return ` A connection lives for ${seconds(lifetime.ns)}.`;
    case 'uniform':
      return ` A connection lives for ${seconds(lifetime.lowNs)} to ${seconds(lifetime.highNs)}.`;
    case 'exponential':
      return ` A connection lives for ${seconds(lifetime.meanNs)} on average, exponentially distributed.`;
  }
}

export function seconds(ns: number): string {
  return ns >= 1e9 ? `${ns / 1e9} s` : `${ns / 1e6} ms`;
}

/** As typed, without the output directory, so that the report does not depend on it. */
function commandLine(command: readonly string[]): string {
  return command.filter(isKept).map(shellWord).join(' ');
}

/** `-o DIR`, `-oDIR`, `--output DIR` and `--output=DIR` are left out. */
function isKept(word: string, at: number, command: readonly string[]): boolean {
  return !/^(-o|--output$|--output=)/.test(word) && !/^(-o|--output)$/.test(command[at - 1] ?? '');
}
