/** The value of a load's factor in a table. */
import type { Factor, FactorValues } from '../../services/service.js';

/** A dash if the factor doesn't concern the load. */
export function factorShown(
  { name, show }: Pick<Factor, 'name' | 'show'>,
  factors: FactorValues,
): string {
  const value = factors[name];
  return value === undefined ? '–' : show(value);
}
