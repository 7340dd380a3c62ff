/** Threats from the machine: its drift, its other guests, and CPUs that both sides share. */

import { driftOf } from '../../study/drift.js';
import type { Study } from '../../study/study.js';
import type { Item } from '../../text/blocks.js';
import { compact } from '../../text/format.js';
import { count, percent } from '../../text/phrases.js';

export function fromTheMachine(study: Study): Item[] {
  const { environment, plan } = study.run;
  const items: Item[] = [];
  const drift = driftOf(study);
  if (drift !== null)
    items.push({
      head: 'Drift',
      text: `The control gave ${compact(drift.low)} to ${compact(drift.high)} requests per server-CPU-second over ${count(drift.trials, 'trial')}${study.controlLoad}: a spread of ${percent(drift.spread)} of its median. ${study.run.plan.control === null ? 'Ratios to the control do not have it: slices divide it out.' : 'Medians of servers that differ by less than that say little; compare ratios, which are paired by block.'}`,
    });
  if (environment.cpu.virtualized)
    items.push({
      head: 'A virtual machine',
      text: 'Other guests share its CPUs and caches, unseen from here. Trust ratios within this run, and quote medians.',
    });
  const shared = plan.cells.some(({ serverCpus, clientCpus }) =>
    serverCpus.some((cpu) => clientCpus.includes(cpu)),
  );
  if (shared)
    items.push({
      head: 'Shared CPUs',
      text: 'Server and client share a CPU: each steals the other’s time, and throughput and latency are of both together.',
    });
  if (environment.limits.cgroup.cpuQuota !== null)
    items.push({
      head: 'A CPU quota',
      text: 'The control group stops both sides when it is used up: that looks like a slow server.',
    });
  return items;
}
