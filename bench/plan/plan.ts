/** Makes the cells of an experiment: one per combination, with the reason if it can't be run. Pure. */

import type { Machine } from '../../lib/catalog/ceilings.js';
import { obstacle } from '../../lib/catalog/fits.js';
import { CONTROL, modelNamed, type ServerModel } from '../../lib/catalog/models.js';
import { isCommand } from '../../lib/catalog/programs.js';
import { groupBy } from '../../lib/group.js';
import type { Obstacle } from '../../lib/schema/obstacles.js';
import type { Plan } from '../schema/plan.js';
import { servedService } from '../services/registry.js';
import type { ServiceLoad } from '../services/service.js';
import { type Cell, demandOf, type ExperimentOptions, shapeOf } from './cell.js';
import { clientShape } from './client-shape.js';
import { levelKey } from './load-level.js';
import { withinStorage } from './storage.js';
import { controlBeside, whyUninterrupted } from './uninterrupted.js';

export type { Cell, ExperimentOptions, Plan };

/** The server's name in a run of `load`, which starts no server. */
const NO_SERVER = 'load';

/** The options of `load`, which runs only the client. */
type LoadOptions = Omit<
  ExperimentOptions,
  'servers' | 'workers' | 'processes' | 'serverCpus' | 'backlog' | 'accept' | 'slices' | 'control'
>;

export function planLoad(options: LoadOptions, machine: Machine): Plan {
  const accept = 'shared' as const;
  const noServer = {
    ...{ servers: [], workers: null, processes: 0, serverCpus: [], backlog: 0, accept },
    ...{ slices: 'off' as const, control: CONTROL },
  };
  const whole = { ...options, ...noServer };
  const alone = loadsOf(options).map((load) => ({ model: null, workers: 0, ...load }));
  return planOf(cellsOf(alone, whole, machine), whole, machine);
}

export function plan(options: ExperimentOptions, machine: Machine): Plan {
  return planAll([options], machine);
}

/** One plan from several sets of lists: each set has its own combinations; all cells are run together. */
export function planAll(parts: readonly ExperimentOptions[], machine: Machine): Plan {
  const [first] = parts;
  if (!first) throw new Error('a plan needs at least one part');
  const cells = parts.flatMap((part) => cellsOf(combinations(part), part, machine));
  return planOf(cells, first, machine);
}

function cellsOf(
  combinations: readonly Combination[],
  options: ExperimentOptions,
  machine: Machine,
): Cell[] {
  return combinations.map((combination) => cellOf(combination, options, machine));
}

function planOf(
  unnumbered: readonly Cell[],
  { trials: blocks, stopping, seed }: ExperimentOptions,
  machine: Machine,
): Plan {
  const cells = withinStorage(unnumbered, machine).map((cell, i) => ({ ...cell, number: i + 1 }));
  return { cells, controls: controlsFor(cells, machine), blocks, stopping, seed };
}

/** For each load a cell of the control, if the plan has one; otherwise an extra cell, unless the control can't hold the load. */
function controlsFor(cells: readonly Cell[], machine: Machine): readonly Cell[] {
  const runnable = cells.filter(({ skipped }) => skipped === null);
  const alone = runnable.filter((cell) => cell.uninterrupted !== null && cell.server !== NO_SERVER);
  let number = cells.length;
  return oneForEachLoad(alone).flatMap((cell) => {
    const asked = runnable.find((other) => isControlOf(other, cell));
    if (asked) return asked;
    const extra = extraControl(cell, machine);
    return extra ? { ...extra, number: ++number } : [];
  });
}

export function oneForEachLoad(cells: readonly Cell[]): readonly Cell[] {
  return [...groupBy(cells, levelKey).values()].map(([first]) => first);
}

/** Whether a cell is of the other's control, under its load. */
export function isControlOf(control: Cell, cell: Cell): boolean {
  return control.server === cell.control && levelKey(control) === levelKey(cell);
}

/** Null if the control can't run under the load. */
export function extraControl(cell: Cell, machine: Machine): Cell | null {
  const control = controlBeside(cell);
  const fits = obstacleOf(modelNamed(control.server), control, machine) === null;
  return fits ? { ...control, skipped: null, port: cell.port } : null;
}

interface Combination {
  /** Null: c10k does not start the server. */
  readonly model: ServerModel | null;
  readonly connections: number;
  readonly idle: number;
  readonly rate: number;
  readonly load: ServiceLoad;
  readonly workers: number;
}

function combinations(options: ExperimentOptions): Combination[] {
  return options.servers
    .map(modelNamed)
    .flatMap((model) =>
      workersOf(model, options.workers).flatMap((workers) =>
        loadsOf(options).map((load) => ({ model, workers, ...load })),
      ),
    );
}

function loadsOf({
  connections,
  idle,
  rates,
  loads,
}: Pick<ExperimentOptions, 'connections' | 'idle' | 'rates' | 'loads'>) {
  return connections.flatMap((busy) =>
    idle.flatMap((held) =>
      rates.flatMap((rate) => loads.map((load) => ({ connections: busy, idle: held, rate, load }))),
    ),
  );
}

/** `--workers` has no effect on a model with a fixed number of workers. */
function workersOf(model: ServerModel, asked: readonly number[] | null): readonly number[] {
  return model.workers === null || asked === null ? [model.defaultWorkers] : asked;
}

/** Numbered when the plan is complete. */
function cellOf(
  { model, connections, idle, rate, load, workers }: Combination,
  options: ExperimentOptions,
  machine: Machine,
): Cell {
  const { servers, trials, stopping, seed, rates, loads, clientPool, ...held } = options;
  const cell = {
    ...held,
    number: 0,
    server: model?.name ?? NO_SERVER,
    connections,
    idle,
    rate,
    ...load,
    ...shapeOf(model, workers, options.processes),
    ...clientShape(connections, idle, options, machine),
  };
  return {
    ...cell,
    uninterrupted: model ? whyUninterrupted(cell, machine) : 'no server',
    skipped: model && obstacleOf(model, cell, machine),
  };
}

/** A program is written for the service of the experiment. */
function isServed(model: ServerModel, service: string, cell: Pick<Cell, 'service'>): boolean {
  if (isCommand(model.name)) return service === cell.service;
  return model.services.some((each) => each === service);
}

function obstacleOf(
  model: ServerModel,
  cell: Omit<Cell, 'uninterrupted' | 'skipped'>,
  machine: Machine,
): Obstacle | null {
  const service = servedService(cell).name;
  return isServed(model, service, cell)
    ? obstacle(model, demandOf(cell), machine)
    : { kind: 'service not served', service };
}
