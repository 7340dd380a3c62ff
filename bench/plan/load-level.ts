/** A load. Only servers under the same load are compared. Pure. */
import type { FactorValue, FactorValues } from '../services/service.js';

export interface LoadLevel {
  readonly connections: number;
  readonly idle: number;
  /** Target rate in messages per second; 0: closed loop. */
  readonly rate: number;
  /** Those of the service. */
  readonly factors: FactorValues;
}

/** The values of all factors, by name. */
export function factorValues({ connections, idle, rate, factors }: LoadLevel): FactorValues {
  return { connections, idle, rate, ...factors };
}

export function factorValue(level: LoadLevel, factor: string): FactorValue | undefined {
  return factorValues(level)[factor];
}

/** Two loads of one run have the same key if and only if they are equal. */
export function levelKey(level: LoadLevel): string {
  return Object.values(factorValues(level)).join();
}

/** The names of the service's factors that have several values. */
export function varyingIn(levels: readonly Pick<LoadLevel, 'factors'>[]): readonly string[] {
  const names = new Set(levels.flatMap(({ factors }) => Object.keys(factors)));
  return [...names].filter((name) => isVaried(levels.map(({ factors }) => factors[name])));
}

/** A missing value is no other value. */
export function isVaried(values: readonly (FactorValue | undefined)[]): boolean {
  return new Set(values.filter((value) => value !== undefined)).size > 1;
}

/** The values of these factors of the service, as far as the load has them. */
export function factorsIn(
  { factors }: Pick<LoadLevel, 'factors'>,
  names: readonly string[],
): FactorValues {
  return Object.fromEntries(Object.entries(factors).filter(([name]) => names.includes(name)));
}

export function levelOf({ connections, idle, rate, factors }: LoadLevel): LoadLevel {
  return { connections, idle, rate, factors };
}
