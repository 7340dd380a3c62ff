/** How it was measured: trial, block, control, seed, and what the figures are. */

import { LOADS } from '../../plan/ramp.js';
import { MOST_BLOCKS } from '../../plan/stopping.js';
import type { RampQuestion } from '../../statistics/climb.js';
import { inBrackets, ratioIntervals } from '../charts/caveats.js';
import { whatControlIs } from '../study/control.js';
import type { Study } from '../study/study.js';
import { whyUninterrupted } from '../study/uninterrupted.js';
import type { Item, Section } from '../text/blocks.js';
import { count, percent } from '../text/phrases.js';
import { levelOf } from './climbs.js';
import { seconds } from './question.js';

export function method(study: Study): Section {
  return {
    id: 'method',
    title: 'Method',
    blocks: [{ kind: 'list', items: [...procedure(study), ...figures(study)] }],
  };
}

function procedure(study: Study): Item[] {
  const { run } = study;
  const { plan } = run;
  const trial = plan.cells[0];
  const barrier = trial?.start === 'barrier';
  const items: Item[] = [
    {
      head: 'Trial',
      text: `One server under one load, in fresh processes on both sides. ${barrier ? 'All connections are open at once, on both sides, before the first message is sent.' : 'Traffic begins on each connection as soon as it is open.'} ${windowOf(trial)}`,
    },
    run.ramp === null ? blocksOf(study) : rampOf(study, run.ramp),
    {
      head: 'Seed',
      text: `${plan.seed}: it sets the order of every block and what is random in the load${run.ramp === null ? ', and repeats the plan exactly' : ''}.`,
    },
    {
      head: 'Client',
      text: `The same native client for every server: ${count(trial?.clientProcesses ?? 1, 'process', 'processes')} with ${count(trial?.clientThreads ?? 1, 'thread')}, each with its own epoll loop. It compares every echoed byte.`,
    },
  ];
  items.splice(1, 0, slicing(study));
  if (plan.control !== null)
    items.splice(3, 0, {
      head: 'Control',
      text: `Each block holds one trial of the control, ${whatControlIs(plan)}${study.controlLoad && `,${study.controlLoad}`}. Efficiencies are also given as a multiple of the control’s in the same block.`,
    });
  return items;
}

function slicing(study: Study): Item {
  const why = whyUninterrupted(study);
  const isSliced = study.cells.some(({ cell }) => cell.uninterrupted === null);
  const how = `The control, ${whatControlIs(study.run.plan)}, ran beside the server with as many connections, and the client alternated between them in slices: each pair of slices gives a ratio of efficiencies that the machine’s changes of speed do not touch. The start and the drain of a slice are not measured.`;
  if (!isSliced) return { head: 'Uninterrupted', text: `Trials were not sliced: ${why}.` };
  return { head: 'Slices', text: why === '' ? how : `${how} Not sliced: ${why}.` };
}

function blocksOf({ run: { plan, records }, cells }: Study): Item {
  const runnable = cells.filter(({ cell }) => cell.skipped === null).length;
  return {
    head: 'Blocks',
    text: `Each block holds every cell once (${count(runnable, 'cell')} that can run), in its own random order: over many blocks a drift of the machine affects all servers alike. ${endOf(plan)} ${ran(records.length)}`,
  };
}

function ran(trials: number): string {
  return `${count(trials, 'trial')} ${trials === 1 ? 'was' : 'were'} run.`;
}

function endOf({ blocks, stopping }: Study['run']['plan']): string {
  const looks = `The run is looked at after ${count(blocks, 'block')}, then each time after half as many again; because each look may mislead, the looks share the error rate.`;
  switch (stopping.kind) {
    case 'blocks':
      return `Planned: ${count(blocks, 'block')}.`;
    case 'stable':
      return `It ends when every interval is within ${percent(stopping.share)} of its ratio, or after ${MOST_BLOCKS} blocks. ${looks}`;
    case 'budget':
      return `It ends when every pair of servers with valid trials is decided, or when another block would take the trials beyond ${seconds(stopping.ns)}. ${looks}`;
  }
}

function rampOf(study: Study, ramp: RampQuestion): Item {
  const { plan, records } = study.run;
  const { unit, single } = LOADS[ramp.raised];
  const [from, to] = [ramp.from.toLocaleString('en'), count(ramp.to, single, unit)];
  return {
    head: 'Ramp',
    text: `The load is doubled, from ${from} to ${to} at most, until the service level breaks; then the gap is halved until the two sides of the answer are within ${ramp.precision * 100} %. The service level: ${levelOf(study, ramp)}. The servers are raised in turn, level by level, so that a drift of the machine affects all; the control, ${whatControlIs(plan)}, runs at every level, beside each server in slices or as a separate server. Each level is measured in ${count(plan.blocks, 'trial')}, and holds if most of them do; a trial that the machine, the control or the measurement spoiled is left out. Where trials disagree, levels are added, between the least and the greatest, until one always holds and one always breaks, or no level is left to try. ${ran(records.length)}`,
  };
}

function windowOf(cell: Study['run']['plan']['cells'][number] | undefined): string {
  if (!cell) return '';
  const warmup = cell.warmupNs > 0 ? `, after a warm-up of ${seconds(cell.warmupNs)}` : '';
  if (cell.uninterrupted === null)
    return `Each side is measured for at least ${seconds(cell.durationNs)} in all${warmup}.`;
  if (cell.durationNs > 0)
    return `The window that is measured lasts ${seconds(cell.durationNs)}${warmup}.`;
  return 'The window that is measured lasts from the first message to the last echo.';
}

function figures(study: Study): Item[] {
  const { run } = study;
  const open = run.plan.cells.some(({ rate }) => rate > 0);
  return [
    {
      head: 'Efficiency',
      text: 'Requests for each second of CPU time of all server processes, user and system. Servers are ranked by it, because it depends less than requests per second on what else a shared machine does, and not on the client.',
    },
    {
      head: 'Intervals',
      text: `Medians over the valid trials of a cell${inBrackets(study)}. A ratio to the control is a geometric mean${ratioIntervals(study)}.`,
    },
    {
      head: 'Latency',
      text: open
        ? 'Response time counts from the instant at which a message was due, service time from that at which it was sent. Histograms of all valid trials are merged; percentiles are never averaged.'
        : 'Service time, from the actual send of a message to the last byte of its echo. Histograms of all valid trials are merged; percentiles are never averaged.',
    },
    {
      head: 'Validity',
      text: 'A trial with any failure, without the peak of connections it asked for, or whose two accounts (a row for each connection on either side) don’t agree is invalid: shown, counted, and left out of medians and graphs.',
    },
  ];
}
