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

export function factorValue(level: LoadLevel, factor: string): FactorValue {
  return factorValues(level)[factor] as FactorValue;
}

/** Two loads of one run have the same key if and only if they are equal. */
export function levelKey(level: LoadLevel): string {
  return Object.values(factorValues(level)).join();
}

/** The names of the service's factors that have several values. */
export function varyingIn(levels: readonly Pick<LoadLevel, 'factors'>[]): readonly string[] {
  return Object.keys(levels[0]?.factors ?? {}).filter((name) =>
    isVaried(levels.map(({ factors }) => factors[name])),
  );
}

export function isVaried(values: readonly unknown[]): boolean {
  return new Set(values).size > 1;
}

/** The values of these factors of the service. */
export function factorsIn(
  { factors }: Pick<LoadLevel, 'factors'>,
  names: readonly string[],
): FactorValues {
  return Object.fromEntries(names.map((name) => [name, factors[name] as FactorValue]));
}

export function levelOf({ connections, idle, rate, factors }: LoadLevel): LoadLevel {
  return { connections, idle, rate, factors };
}
