/** Threats from the machine: drift, other guests, shared CPUs, a CPU quota. */
import { count } from '../../../text/format.js';
import { underControlLoad } from '../../study/control.js';
import { driftOf } from '../../study/drift.js';
import type { Study } from '../../study/study.js';
import type { Item } from '../../text/blocks.js';
import { percent } from '../../text/phrases.js';

export function fromTheMachine(study: Study): Item[] {
  const { environment, plan } = study.run;
  const { efficiency, showRate } = study.wording;
  const items: Item[] = [];
  const drift = driftOf(study);
  if (drift !== null)
    items.push({
      head: 'Drift',
      text: `The baseline reached ${showRate(drift.low)} to ${showRate(drift.high)} ${efficiency} over ${count(drift.trials, 'trial')}${underControlLoad(study)}: a spread of ${percent(drift.spread)} of its median. ${study.run.plan.controls.length === 0 ? 'Slices cancel it out in ratios to the baseline.' : 'Smaller differences between medians are not reliable; compare ratios, which are paired by block.'}`,
    });
  if (environment.cpu.virtualized)
    items.push({
      head: 'A virtual machine',
      text: 'Other guests share its CPUs and caches and are not visible to c10k. Rely on ratios within this run, and quote medians.',
    });
  const shared = plan.cells.some(({ serverCpus, clientCpus }) =>
    serverCpus.some((cpu) => clientCpus.includes(cpu)),
  );
  if (shared)
    items.push({
      head: 'Shared CPUs',
      text: 'Server and client share a CPU: each takes CPU time from the other, and throughput and latency depend on both.',
    });
  if (environment.limits.cgroup.cpuQuota !== null)
    items.push({
      head: 'A CPU quota',
      text: 'The control group stops both sides when the quota is used up, which looks like a slow server.',
    });
  return items;
}
