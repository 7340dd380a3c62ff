/** The cost of a request: CPU time on both sides, and system calls by kind. */
import type { CpuUse, Measurement } from '../../record.js';
import { medianOf } from '../../statistics/median.js';
import { wholeServer } from '../../whole-server.js';
import { callsPerRequest } from '../study/calls.js';
import type { StudyCell } from '../study/study.js';
import { joined, onCells } from './caveats.js';
import type { Chart } from './chart.js';
import { areApart, OWN_AXES, type Part, stacked } from './stacked.js';

type Side = readonly [name: string, cpu: (measured: Measurement) => CpuUse | null];

const SIDES: readonly Side[] = [
  ['server', (measured) => wholeServer(measured).cpu],
  ['client', ({ clientCpu }) => clientCpu],
];
const MODES = [
  ['user', 'userS'],
  ['system', 'systemS'],
] as const;
/** Two hues for the sides; the lighter shade is the kernel's. */
const SHADES = ['#4477aa', '#a5c4e3', '#cc8a3d', '#f0d0a4'];

/** µs of CPU time per request, medians of the valid trials. */
function cpuParts({ valid }: StudyCell): Part[] {
  return SIDES.flatMap(([side, cpuOf]) =>
    MODES.flatMap(([mode, seconds]) => {
      const value = medianOf(
        valid.map(({ measurement }) => {
          const use = measurement && cpuOf(measurement);
          const requests = measurement?.requests.window ?? 0;
          return use && requests > 0 ? (use[seconds] / requests) * 1e6 : null;
        }),
      );
      return value === null ? [] : [{ name: `${side}, ${mode}`, value }];
    }),
  );
}

export const cpuSplit: Chart = {
  id: 'cpu-split',
  title: ({ wording }) => `CPU time per ${wording.exchange.one}`,
  applies: ({ measured }) => measured.some((cell) => cpuParts(cell).length > 0),
  caption: (study) =>
    joined(
      `CPU time per ${study.wording.exchange.one}, of server and client, in user and in system mode; medians of the valid trials. On loopback part of the receiver’s TCP work is done in the sender’s send().`,
      areApart(study, { parts: cpuParts }) ? OWN_AXES : '',
      onCells(study),
    ),
  spec: (study) =>
    stacked(study, {
      title: `µs of CPU time per ${study.wording.exchange.one}`,
      labels: "format(datum.value, '.3~r')",
      parts: cpuParts,
      colors: SHADES,
    }),
};

function callParts({ valid }: StudyCell): readonly Part[] {
  return callsPerRequest(valid);
}

export const systemCalls: Chart = {
  id: 'system-calls',
  title: ({ wording }) => `System calls per ${wording.exchange.one}`,
  applies: ({ measured }) => measured.some((cell) => callsPerRequest(cell.valid).length > 0),
  caption: (study) =>
    joined(
      `System calls of the server per ${study.wording.exchange.one} in the window, by kind, as counted by its own loops; medians of the valid trials.`,
      areApart(study, { parts: callParts }) ? OWN_AXES : '',
      onCells(study, (cell) => callsPerRequest(cell.valid).length > 0),
    ),
  spec: (study) =>
    stacked(study, {
      title: `system calls per ${study.wording.exchange.one}`,
      labels: "format(datum.value, '.3~r')",
      parts: callParts,
    }),
};
