/** What the run asked, in words made from its plan. */

import type { Cell } from '../../plan/plan.js';
import type { LevelName } from '../study/levels.js';
import type { Study } from '../study/study.js';
import { code, paragraph, type Section, strong, type Text, words } from '../text/blocks.js';
import { count, listed, listedWords } from '../text/phrases.js';

export function question(study: Study): Section {
  const { run } = study;
  return {
    id: 'question',
    title: 'The question',
    blocks: [
      { kind: 'paragraph', lead: true, text: asked(study) },
      paragraph(
        words`${task(run.plan.cells)} The run was started as ${code(commandLine(run.command))}.`,
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
    return words`How far ${several ? 'do' : 'does'} ${names} hold ${loads(study)}, and what breaks ${several ? 'each' : 'it'} then?`;
  return several
    ? words`Which of ${names} serves the same requests with the least CPU time, and how does each hold up ${loads(study)}?`
    : words`What does ${names} do ${loads(study)}: how fast, how evenly, at what cost in CPU time, system calls and memory?`;
}

/** The servers that the run asked about: in a ramp the control is none of them. */
function subjects({ run: { plan, ramp }, series }: Study): readonly string[] {
  const asked = plan.cells.filter(({ server }) => ramp === null || ramp.servers.includes(server));
  return series.filter(({ has }) => asked.some(has)).map(({ name }) => name);
}

/** More names than this are no title. */
const MOST_NAMED = 4;

export function title(study: Study): string {
  const servers = subjects(study);
  const names = servers.length > MOST_NAMED ? `${servers.length} servers` : listed(servers);
  return `${names} ${loads(study)}`;
}

/** What varies, and what is held: `with 64 connections and 0, 900 and 10,000 idle ones`. */
function loads({ run, levels, varying }: Study): string {
  const values = (name: LevelName) => {
    const all = [...new Set(levels.map((level) => level[name]))].sort((a, b) => a - b);
    if (run.ramp?.raised === name) return range(all);
    return listed(all.map((value) => value.toLocaleString('en')));
  };
  const [first] = levels;
  const one = levels.length === 1 && first?.connections === 1;
  const idle = varying.includes('idle') || (first?.idle ?? 0) > 0;
  const rate = varying.includes('rate') || (first?.rate ?? 0) > 0;
  return [
    `with ${values('connections')} connection${one ? '' : 's'}`,
    idle ? ` beside ${values('idle')} idle ones` : '',
    rate ? `, at ${values('rate')} messages per second in all` : '',
    varying.includes('bytes') ? `, in messages of ${values('bytes')} bytes` : '',
  ].join('');
}

/** What a ramp raised: its levels came out as they did, and would be a long list. */
function range(rising: readonly number[]): string {
  const [first, last] = [rising[0] ?? 0, rising.at(-1) ?? 0];
  return first === last
    ? first.toLocaleString('en')
    : `${first.toLocaleString('en')} to ${last.toLocaleString('en')}`;
}

function task(cells: readonly Cell[]): string {
  const [cell] = cells;
  if (!cell) return '';
  const much =
    cell.repeat > 0
      ? `Each connection sends ${count(cell.repeat, 'message')}`
      : `For ${seconds(cell.durationNs)} each connection sends messages`;
  const pace =
    cell.rate > 0
      ? `on an absolute schedule (${cell.arrival} arrivals), whether or not the answers have come`
      : 'the next when the echo of the last has come';
  const sizes = [...new Set(cells.map(messageOf))];
  return `${much} of ${listed(sizes)}, ${pace}; the server echoes every one.${lifetimeOf(cell)}`;
}

function messageOf({ message }: Cell): string {
  if (message.kind === 'text') return count(Buffer.byteLength(message.text), 'byte');
  if (message.low === message.high) return count(message.low, 'byte');
  return `${message.low.toLocaleString('en')} to ${count(message.high, 'byte')}`;
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

/** As it was typed, but for where the files went: a report says the same wherever they lie. */
function commandLine(command: readonly string[]): string {
  const kept = command.filter(
    (word, i) =>
      word !== '--output' && command[i - 1] !== '--output' && !word.startsWith('--output='),
  );
  return kept.map((word) => (/^[\w@%+=:,./×-]+$/.test(word) ? word : quoted(word))).join(' ');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
