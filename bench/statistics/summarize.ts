/** Summarizes records as one row per cell: medians over its valid trials. Pure. */

import { sumIfAny, sumOf } from '../../lib/sums.js';
import type { Problem } from '../facts.js';
import { usableCpus } from '../plan/cpus.js';
import { factorsIn, varyingIn } from '../plan/load-level.js';
import type { Cell, Plan } from '../plan/plan.js';
import { achievedRatio, finished, type Measurement, type TrialRecord } from '../record.js';
import type { Row } from '../schema/summary.js';
import { serviceNamed } from '../services/registry.js';
import type { Unit } from '../services/service.js';
import { wholeServer } from '../whole-server.js';
import { completionOf } from './completion.js';
import { type Estimate, estimate, medianOf } from './median.js';
import { EFFICIENCY } from './metrics.js';
import { alphaAfter } from './simultaneous.js';
import { spread } from './spread.js';
import { switchesPerRequest } from './switches.js';
import { controlOf, toControlOf } from './to-control.js';
import { rankedOf, verdicts } from './verdicts.js';

export type { Row };

type Number = number | null;

export function summarize(
  plan: Pick<Plan, 'cells' | 'controls' | 'blocks' | 'stopping'>,
  all: readonly TrialRecord[],
): Row[] {
  const { cells } = plan;
  const records = finished(all);
  const varying = varyingIn(cells);
  const groups = groupsOf(plan, records);
  const alpha = alphaAfter(plan, new Set(records.map(({ block }) => block)).size);
  return cells.map((cell) => {
    const own = records.filter((record) => record.cell === cell.number);
    const valid = own.filter((record) => record.verdict.valid);
    const toControl = toControlOf(plan, cell, records, valid, alpha);
    const group = groups.get(cell.number) ?? null;
    return {
      ...rowOf(cell, own, valid, toControl, group),
      factors: factorsIn(cell, varying),
      control: {
        server: cell.control,
        efficiency: besideOf(valid),
        problems: extraProblems(plan, cell, records),
      },
    };
  });
}

/** The problems of the control's trials, if its cell has no row. */
function extraProblems(
  plan: Pick<Plan, 'cells' | 'controls'>,
  cell: Cell,
  records: readonly TrialRecord[],
): readonly Problem[] {
  const control = controlOf(plan, cell);
  if (control === undefined || plan.cells.includes(control)) return [];
  const own = records.filter(({ cell }) => cell === control.number);
  return own.flatMap(({ verdict }) => verdict.problems);
}

function besideOf(valid: readonly TrialRecord[]): Number {
  return medianOf(valid.map(({ measurement }) => measurement?.slices?.control.efficiency));
}

/** By cell number. */
function groupsOf(
  plan: Pick<Plan, 'cells' | 'blocks' | 'stopping'>,
  records: readonly TrialRecord[],
): ReadonlyMap<number, string> {
  const ranked = verdicts(plan, records, [EFFICIENCY]).map(rankedOf);
  const compared = ranked.filter(({ length }) => length > 1).flat();
  return new Map(compared.map(({ cell, letters }) => [cell.number, letters]));
}

/** Invalid trials are counted and their problems listed, but they are not in the medians. */
function rowOf(
  cell: Cell,
  records: readonly TrialRecord[],
  valid: readonly TrialRecord[],
  toControl: Estimate | null,
  group: string | null,
): Omit<Row, 'factors' | 'control'> {
  const measured = valid.flatMap((record) => record.measurement ?? []);
  const all = records.flatMap((record) => record.measurement ?? []);
  const median = (get: (one: Measurement) => Number | undefined) => medianOf(measured.map(get));
  const { unit } = serviceNamed(cell.service);
  const throughput = estimate(measured.map((one) => one.throughput));
  const efficiency = estimate(measured.map((one) => one.efficiency));
  return {
    ...settingsOf(cell),
    rate: rateOf(cell, measured),
    trials: records.length,
    valid: valid.length,
    requests: medianOf(all.map((one) => one.requests.total)),
    ...failuresOf(all),
    throughput: throughput && { ...throughput, unit: `${unit}/s` },
    efficiency: efficiency && { ...efficiency, unit: `${unit} per server-CPU-second` },
    toControl,
    ...timesOf(cell, measured),
    completion: completionOf(all, measured, median),
    cpu: cpuOf(cell, unit, median),
    syscallsPerRequest: median((one) => one.systemCallsPerRequest),
    contextSwitches: median((one) =>
      switchesPerRequest(one, (cpu) => cpu.voluntarySwitches + cpu.involuntarySwitches),
    ),
    memory: memoryOf(median),
    peakConnections: medianOf(all.map((one) => one.peak.open)),
    reconciled: isReconciled(all),
    ...remarksOf(records, valid),
    group,
    uninterrupted: cell.uninterrupted,
    skipped: cell.skipped,
  };
}

function settingsOf({ server, service, connections, idle, repeat, workers }: Cell) {
  return { server, service, connections, idle, repeat, workers };
}

type Median = (get: (one: Measurement) => Number | undefined) => Number;

function failuresOf(all: readonly Measurement[]) {
  return {
    failures: sumOf(all, (one) => one.failures),
    starved: Math.max(0, ...all.map((one) => one.starved ?? 0)),
    failuresByKind: addUp(all.map((one) => one.failuresByKind)),
  };
}

function timesOf(cell: Cell, measured: readonly Measurement[]) {
  const service = measured.flatMap(({ openLoop }) => openLoop?.serviceTime ?? []);
  return {
    latency: spread(measured.map((one) => one.latency)),
    serviceTime: cell.rate > 0 ? spread(service) : null,
    connect: spread(measured.map((one) => one.connect)),
    firstAnswer: spread(measured.map((one) => one.firstAnswer)),
  };
}

function memoryOf(median: Median): Row['memory'] {
  return {
    serverPssBytes: median((one) => wholeServer(one).memory.pssBytes),
    bytesPerConnection: median((one) => wholeServer(one).memory.bytesPerConnection),
    kernelBytesPerConnection: median((one) => one.memory.kernelBytesPerConnection ?? null),
  };
}

function isReconciled(all: readonly Measurement[]): boolean | null {
  const checked = all.flatMap(({ reconciliation, transfers }) =>
    [reconciliation, transfers?.reconciliation].flatMap((each) => each ?? []),
  );
  return checked.length === 0 ? null : checked.every((one) => one.mismatches === 0);
}

function remarksOf(records: readonly TrialRecord[], valid: readonly TrialRecord[]) {
  return {
    clientBound: valid.filter(({ verdict }) => verdict.clientBound).length * 2 > valid.length,
    problems: records.flatMap(({ verdict }) => verdict.problems),
    notes: records.flatMap(({ verdict }) => verdict.notes),
  };
}

function rateOf(cell: Cell, measured: readonly Measurement[]): Row['rate'] {
  if (cell.rate === 0) return null;
  const loops = measured.flatMap(({ openLoop }) => openLoop ?? []);
  return {
    asked: cell.rate,
    achieved: medianOf(loops.map(({ achieved }) => achieved)),
    achievedRatio: medianOf(
      measured.map(({ openLoop, requests }) => achievedRatio(openLoop, requests.window)),
    ),
    late: sumIfAny(loops.map(({ late }) => late)),
    dropped: sumIfAny(loops.map(({ dropped }) => dropped)),
  };
}

function cpuOf(cell: Cell, unit: Unit, median: Median): Row['cpu'] {
  return {
    serverUserS: median((one) => wholeServer(one).cpu?.userS),
    serverSystemS: median((one) => wholeServer(one).cpu?.systemS),
    serverBusy: median((one) => wholeServer(one).cpu?.busy),
    serverUsable: usableCpus(cell),
    clientS: median((one) => one.clientCpu.userS + one.clientCpu.systemS),
    clientBusy: median((one) => one.clientCpu.busy),
    microsecondsPerRequest:
      unit === 'requests' ? median((one) => (one.efficiency ? 1e6 / one.efficiency : null)) : null,
  };
}

function addUp(list: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const each of list)
    for (const [kind, count] of Object.entries(each)) sums[kind] = (sums[kind] ?? 0) + count;
  return sums;
}
