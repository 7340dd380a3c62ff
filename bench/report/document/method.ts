/** How it was measured: trials, blocks, baseline, seed, and the definition of the figures. */

import { MOST_BLOCKS } from '../../plan/stopping.js';
import { hasQueue } from '../../plan/uninterrupted.js';
import type { ServiceWording } from '../../services/wording.js';
import type { RampQuestion } from '../../statistics/ramp-result.js';
import { count } from '../../text/format.js';
import { inBrackets, ratioIntervals } from '../charts/caveats.js';
import { underControlLoad, whatControlIs } from '../study/control.js';
import type { Study } from '../study/study.js';
import { isSliced, whyUninterrupted } from '../study/uninterrupted.js';
import type { Item, Section } from '../text/blocks.js';
import { capital, percent } from '../text/phrases.js';
import { seconds } from './question.js';
import { levelOf, variedLoad } from './ramp.js';

export function method(study: Study): Section {
  return {
    id: 'method',
    title: 'Method',
    blocks: [{ kind: 'list', items: [...procedure(study), ...figures(study)] }],
  };
}

function procedure(study: Study): Item[] {
  const { run, wording } = study;
  const { plan } = run;
  const trial = plan.cells[0];
  const items: Item[] = [
    {
      head: 'Trial',
      text: `One server under one load, in fresh processes on both sides. ${startOf(study)} ${windowOf(trial, wording)}`,
    },
    run.ramp === null ? blocksOf(study) : rampOf(study, run.ramp),
    {
      head: 'Seed',
      text: `${plan.seed}: the random seed; it sets the order of every block and all random values of the load${run.ramp === null ? ', and reproduces the plan exactly' : ''}.`,
    },
    {
      head: 'Client',
      text: `The same native client for every server: ${count(trial?.clientProcesses ?? 1, 'process', 'processes')} with ${count(trial?.clientThreads ?? 1, 'thread')}, each with its own epoll loop. ${wording.check}`,
    },
  ];
  items.splice(1, 0, slicing(study));
  if (plan.controls.length > 0)
    items.splice(3, 0, {
      head: 'Baseline',
      text: baseline(study),
    });
  return items;
}

function startOf({ run: { plan }, wording }: Study): string {
  if (plan.cells[0]?.start !== 'barrier')
    return 'Traffic begins on each connection as soon as it is open.';
  const queue = plan.cells.some(hasQueue)
    ? ' Where a pool has fewer workers than connections, the others wait in its accept queue.'
    : '';
  return `All connections are open at once before the first ${wording.message.one} is sent.${queue}`;
}

function baseline(study: Study): string {
  const isMixed = study.cells.some(isSliced);
  const several = isMixed ? ' under each load of trials that were not sliced' : ' under each load';
  const under = study.run.plan.controls.length > 1 ? several : underControlLoad(study);
  const ratio = isMixed
    ? 'The efficiency of a trial that was not sliced is also given as a multiple of the baseline’s in the same block, if the load is the same.'
    : 'Efficiencies are also given as a multiple of the baseline’s under the same load in the same block.';
  return `Each block contains one trial of the baseline, ${whatControlIs(study)}${under && `,${under}`}. ${ratio}`;
}

function slicing(study: Study): Item {
  const why = whyUninterrupted(study);
  const how = `The baseline, ${whatControlIs(study)}, ran beside the server with as many connections, and the client alternated between them in slices: each pair of slices gives a ratio of efficiencies, in which changes in the machine’s speed cancel out. The start and the drain of a slice are not measured.`;
  if (!study.cells.some(isSliced))
    return { head: 'Uninterrupted', text: `Trials were not sliced: ${why}.` };
  return { head: 'Slices', text: why === '' ? how : `${how} Not sliced: ${why}.` };
}

function blocksOf({ run: { plan, records }, cells }: Study): Item {
  const runnable = cells.filter(({ cell }) => cell.skipped === null).length;
  return {
    head: 'Blocks',
    text: `Each block contains every cell once (${count(runnable, 'cell')} that can run), in a separate random order: over many blocks a drift of the machine affects all servers equally. ${endOf(plan)} ${ran(records.length)}`,
  };
}

function ran(trials: number): string {
  return `${count(trials, 'trial')} ${trials === 1 ? 'was' : 'were'} run.`;
}

function endOf({ blocks, stopping }: Study['run']['plan']): string {
  const looks = `The results are examined after ${count(blocks, 'block')}, then each time after 50 % more blocks; because each examination may give a false result, they share the error rate.`;
  switch (stopping.kind) {
    case 'blocks':
      return `Planned: ${count(blocks, 'block')}.`;
    case 'stable':
      return `The run ends when every interval is within ${percent(stopping.share)} of its ratio, or after ${MOST_BLOCKS} blocks. ${looks}`;
    case 'budget':
      return `The run ends when every pair of servers with valid trials is decided, or when another block would take the trials beyond ${seconds(stopping.ns)}. ${looks}`;
  }
}

function rampOf(study: Study, ramp: RampQuestion): Item {
  const { plan, records } = study.run;
  const { unit, single } = variedLoad(study, ramp);
  const [from, to] = [ramp.from.toLocaleString('en'), count(ramp.to, single, unit)];
  return {
    head: 'Ramp',
    text: `The load is doubled, from ${from} to ${to} at most, until the service level breaks; then the gap is halved until the highest level that holds and the lowest that breaks are within ${ramp.precision * 100} %. The service level: ${levelOf(study, ramp)}. The servers are measured in turn, level by level, so that a drift of the machine affects all; the baseline, ${whatControlIs(study)}, runs at every level, beside each server in slices or as a separate server. Each level is measured in ${count(plan.blocks, 'trial')}, and holds if most of them do; a trial disturbed by the machine, the baseline or the measurement is left out. If trials disagree, levels between the lowest and the highest are added until one always holds and one always breaks, or no level is left to try. ${ran(records.length)}`,
  };
}

function windowOf(
  cell: Study['run']['plan']['cells'][number] | undefined,
  { message, answer }: ServiceWording,
): string {
  if (!cell) return '';
  const warmup = cell.warmupNs > 0 ? `, after a warm-up of ${seconds(cell.warmupNs)}` : '';
  if (cell.uninterrupted === null)
    return `Each side is measured for at least ${seconds(cell.durationNs)} in all${warmup}.`;
  if (cell.durationNs > 0) return `The measured window lasts ${seconds(cell.durationNs)}${warmup}.`;
  const start = cell.start === 'barrier' ? 'the barrier’s release' : `the first ${message.one}`;
  return `The measured window lasts from ${start} to the last ${answer}.`;
}

function figures(study: Study): Item[] {
  const { run, wording } = study;
  const open = run.plan.cells.some(({ rate }) => rate > 0);
  return [
    {
      head: 'Efficiency',
      text: `${capital(wording.work.many)} per second of CPU time of all server processes, user and system. Servers are ranked by it, because it depends less than ${wording.rate.text} on other load of a shared machine, and not on the client.`,
    },
    {
      head: 'Intervals',
      text: `Medians over the valid trials of a cell${inBrackets(study)}. A ratio to the baseline is a geometric mean${ratioIntervals(study)}.`,
    },
    {
      head: 'Latency',
      text: open
        ? `Response time counts from the instant at which a ${wording.message.one} was due; service time counts from the instant at which it was sent. Histograms of all valid trials are merged; percentiles are never averaged.`
        : `Service time, ${wording.serviceTime}. Histograms of all valid trials are merged; percentiles are never averaged.`,
    },
    {
      head: 'Validity',
      text: 'A trial is invalid if anything failed, if fewer connections were open at the same time than required, or if the rows per connection of client and server differ. Invalid trials are shown and counted, and left out of medians and graphs.',
    },
  ];
}
