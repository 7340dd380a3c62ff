/** The axis that the panels of a graph share: linear, unless the lines of a panel would be flat at zero. */
import { groupBy } from '../../../lib/group.js';
import { fromZero, logarithmic, type Scale } from './scales.js';

export interface PanelValue {
  readonly panel: string;
  readonly value: number;
}

/** From this ratio of the highest values of two panels on, the lower ones can't be told apart on a linear axis. */
const APART = 20;

export const WHY_LOG = `The axis is logarithmic, because the highest values of two panels differ by a factor of more than ${APART}.`;

export function areApart(values: readonly PanelValue[]): boolean {
  const highest = [...groupBy(values, ({ panel }) => panel).values()].map((own) =>
    Math.max(...own.map(({ value }) => value)),
  );
  const positive = highest.filter((value) => value > 0);
  return Math.max(...positive) > APART * Math.min(...positive);
}

interface TitledScale {
  readonly title: string;
  readonly scale: Scale;
  readonly ticks?: readonly number[];
}

/** The scale for these values, with the axis title, which says if it is logarithmic. */
export function sharedScale(title: string, values: readonly PanelValue[]): TitledScale {
  const plain = values.map(({ value }) => value);
  return areApart(values)
    ? { title: `${title} (log)`, ...logarithmic(plain) }
    : { title, scale: fromZero(plain) };
}
