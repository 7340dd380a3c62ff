/** The names of cells and of their loads. */

import { factorsIn, varyingIn } from '../../plan/load-level.js';
import { serviceNamed } from '../../services/registry.js';
import type { FactorValues } from '../../services/service.js';
import type { Row } from '../../statistics/summarize.js';
import { type NameOf, nameWithWorkers } from './server-name.js';

export function cellName(row: Row, nameOf: NameOf): string {
  return `${nameWithWorkers(row, nameOf)} at ${loadName({ ...row, rate: row.rate?.asked ?? 0 })}`;
}

/** `1,000 + 900 idle at 5,000/s × 19 bytes`: the parts that apply. */
export function loadName({ service, connections, idle, rate, factors }: NamedLoad): string {
  const own = serviceNamed(service).factors.flatMap(({ name, inWords }) => {
    const value = factors[name];
    return value === undefined ? [] : [inWords(value)];
  });
  const sized = own.length === 0 ? '' : ` × ${own.join(', ')}`;
  const paced = rate === 0 ? '' : ` at ${rate.toLocaleString('en')}/s`;
  const held = idle > 0 ? ` + ${idle.toLocaleString('en')} idle` : '';
  return `${connections.toLocaleString('en')}${held}${paced}${sized}`;
}

/** The name of a load among those of these cells: of the service's factors it has those that vary. */
export function loadNames(cells: readonly Pick<NamedLoad, 'factors'>[]): LoadNameOf {
  const varying = varyingIn(cells);
  return (load) => loadName({ ...load, factors: factorsIn(load, varying) });
}

export type LoadNameOf = (load: NamedLoad) => string;

interface NamedLoad {
  readonly service: string;
  readonly connections: number;
  readonly idle: number;
  readonly rate: number;
  /** Those to be shown. */
  readonly factors: FactorValues;
}

/** As short as possible: every cell, all cells of a server, or each cell by name. */
export function cellNames(
  some: ReadonlySet<Row>,
  all: readonly Row[],
  nameOf: NameOf,
): readonly string[] {
  const measured = all.filter(({ skipped }) => skipped === null);
  if (measured.length > 1 && measured.every((row) => some.has(row))) return ['every cell'];
  const serverOf = (row: Row) => nameWithWorkers(row, nameOf);
  const names = new Set<string>();
  for (const row of some) {
    const kin = measured.filter((other) => serverOf(other) === serverOf(row));
    const whole = kin.length > 1 && kin.every((other) => some.has(other));
    names.add(whole ? `${serverOf(row)} at every load` : cellName(row, nameOf));
  }
  return [...names];
}
