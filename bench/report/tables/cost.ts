/** The cost: CPU time, system calls, context switches and memory. */

import type { CpuUse, Measurement } from '../../record.js';
import { medianOf } from '../../statistics/median.js';
import { switchesPerRequest } from '../../statistics/switches.js';
import { bytes, fixed, share, whole } from '../../text/format.js';
import { wholeServer } from '../../whole-server.js';
import { CALL_KINDS, callsPerRequest } from '../study/calls.js';
import type { Study, StudyCell } from '../study/study.js';
import type { Block } from '../text/blocks.js';
import { cellTable, figure } from './table.js';

const measured = ({ valid }: StudyCell) => valid.length > 0;

export function costTables(study: Study): Block[] {
  return [...cpu(study), ...calls(study), ...memory(study)];
}

function overTrials({ valid }: StudyCell, get: (one: Measurement) => number | null) {
  return medianOf(valid.map(({ measurement }) => measurement && get(measurement)));
}

type Side = (measured: Measurement) => CpuUse | null;

const server: Side = (measured) => wholeServer(measured).cpu;
const client: Side = ({ clientCpu }) => clientCpu;

/** CPU time of one side for each request. */
function perRequest(cell: StudyCell, side: Side, get: (use: CpuUse) => number): number | null {
  return overTrials(cell, (measured) => {
    const use = side(measured);
    return use !== null && measured.requests.window > 0
      ? get(use) / measured.requests.window
      : null;
  });
}

function switches(cell: StudyCell, get: (server: CpuUse) => number): number | null {
  return overTrials(cell, (one) => switchesPerRequest(one, get));
}

function cpu(study: Study): Block[] {
  const us = (value: number | null) => fixed(value === null ? null : value * 1e6, 2);
  return cellTable(
    study,
    `CPU time of both sides in the window: µs per ${study.wording.exchange.one} in user and system mode, and the share of one CPU that was busy.`,
    [
      figure('server user', (cell) => us(perRequest(cell, server, ({ userS }) => userS)), 'µs'),
      figure(
        'server system',
        (cell) => us(perRequest(cell, server, ({ systemS }) => systemS)),
        'µs',
      ),
      figure('server busy', ({ row }) => share(row.cpu.serverBusy)),
      figure('client user', (cell) => us(perRequest(cell, client, ({ userS }) => userS)), 'µs'),
      figure(
        'client system',
        (cell) => us(perRequest(cell, client, ({ systemS }) => systemS)),
        'µs',
      ),
      figure('client busy', ({ row }) => share(row.cpu.clientBusy)),
    ],
    measured,
  );
}

function calls(study: Study): Block[] {
  const { exchange, message } = study.wording;
  const kinds = CALL_KINDS.filter(([, name]) =>
    study.measured.some(({ valid }) => callsPerRequest(valid).some((call) => call.name === name)),
  );
  const known = (cell: StudyCell, name: string) => {
    const all = callsPerRequest(cell.valid);
    if (all.length === 0) return '–';
    return fixed(all.find((call) => call.name === name)?.value ?? 0, 3);
  };
  return cellTable(
    study,
    `System calls and context switches of the server per ${exchange.one}, from the first ${message.one} to the end of the window; medians of the valid trials. A dash: not known.`,
    [
      figure('system calls', ({ row }) => fixed(row.syscallsPerRequest, 3)),
      ...kinds.map(([, name]) => figure(name, (cell) => known(cell, name))),
      figure('switches, voluntary', (cell) =>
        fixed(
          switches(cell, ({ voluntarySwitches }) => voluntarySwitches),
          3,
        ),
      ),
      figure('switches, forced', (cell) =>
        fixed(
          switches(cell, ({ involuntarySwitches }) => involuntarySwitches),
          3,
        ),
      ),
    ],
    measured,
  );
}

function memory(study: Study): Block[] {
  const threads = (cell: StudyCell) => overTrials(cell, (one) => wholeServer(one).threads);
  return cellTable(
    study,
    'Memory of all server processes: proportional set size with all connections open; memory that each connection added to the server’s processes; memory that it added to the kernel (sockets, buffers and descriptors of both ends, stacks of threads). The kernel’s memory is measured for the whole machine and is approximate. A dash: not known.',
    [
      figure('PSS', ({ row }) => bytes(row.memory.serverPssBytes)),
      figure('per connection', ({ row }) => bytes(row.memory.bytesPerConnection)),
      figure('kernel, per connection', ({ row }) => bytes(row.memory.kernelBytesPerConnection)),
      figure('threads', (cell) => whole(threads(cell))),
    ],
    measured,
  );
}
