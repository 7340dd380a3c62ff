/** Threats from the load: client-bound cells, short windows, closed loop, lateness, loopback. */

import type { Noun } from '../../../services/wording.js';
import { time } from '../../../text/format.js';
import { wholeServer } from '../../../whole-server.js';
import { nameOf } from '../../charts/caveats.js';
import type { Study, StudyCell } from '../../study/study.js';
import type { Item } from '../../text/blocks.js';
import { listed } from '../../text/phrases.js';
import { share } from './words.js';

export function fromTheLoad({ cells, measured, wording }: Study): Item[] {
  const { exchange, message } = wording;
  const items: Item[] = [];
  const bound = measured.filter(({ row }) => row.clientBound);
  const cell = cells[0]?.cell;
  if (bound.length > 0)
    items.push({
      head: 'The client as bottleneck',
      text: `In ${share(bound, measured)} a client thread was saturated and the server was not, in most trials: ${listed(bound.map(nameOf))}. In these cells the throughput is a lower bound; ${wording.efficiency} don’t depend on the client’s limit.`,
    });
  items.push(...shortWindows(measured));
  if (cells.some(({ cell }) => cell.rate === 0))
    items.push({
      head: 'Closed loop',
      text: `A connection sends its next ${message.one} only after the answer, so a server that stalls receives fewer ${exchange.many}. Service time is the time of an answer under this number of connections, not the delay that users of a busy site would experience. By Little’s law its mean is connections ÷ throughput.`,
    });
  else items.push(...behindSchedule(measured, message));
  if (cell && /^(127\.|::1$|localhost$)/.test(cell.host))
    items.push({
      head: 'Loopback',
      text: 'Client and server are on one machine: the kernel’s TCP runs partly on the sender’s CPU, and there is no network hardware. Absolute figures do not carry over to a network; ratios between servers may.',
    });
  return items;
}

/** Below this CPU time per trial, a single interrupt or page fault affects the figure. */
const LITTLE_CPU_S = 0.1;

function shortWindows(measured: readonly StudyCell[]): Item[] {
  const cpuOf = ({ valid }: StudyCell) => {
    const used = valid.flatMap(
      ({ measurement }) => (measurement && wholeServer(measurement).cpu) ?? [],
    );
    return Math.min(...used.map(({ userS, systemS }) => userS + systemS));
  };
  const short = measured.filter((cell) => cpuOf(cell) > 0 && cpuOf(cell) < LITTLE_CPU_S);
  if (short.length === 0) return [];
  const least = Math.min(...short.map(cpuOf)) * 1e6;
  return [
    {
      head: 'Short windows',
      text: `In ${share(short, measured)} the server used less than ${time(LITTLE_CPU_S * 1e6)} of CPU time in some trial (${time(least)} in the shortest): a cold cache or a single interrupt affects the figure, and the split into user and system time is coarse. A larger --repeat or --duration reduces this.`,
    },
  ];
}

function behindSchedule(measured: readonly StudyCell[], message: Noun): Item[] {
  const late = measured.filter(({ row }) => (row.rate?.late ?? 0) + (row.rate?.dropped ?? 0) > 0);
  if (late.length === 0) return [];
  return [
    {
      head: 'Behind schedule',
      text: `In ${share(late, measured)} ${message.many} were sent more than 1 ms late or never; the table of target rates has their numbers. Response time includes the delay; if the delay grew until the end, percentiles depend on the length of the trial.`,
    },
  ];
}
