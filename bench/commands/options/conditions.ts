/** Conditions on results as they are written: `p99>5ms`, `failures=0`. */
import { refuse } from '../../cli/usage-error.js';
import { duration, prefixed } from '../../cli/values.js';
import type { Condition } from '../../statistics/service-level.js';
import { FIGURES, type FigureName, isTime, type Threshold } from '../../statistics/thresholds.js';

const FORM = /^\s*([a-z0-9.-]+)\s*([<>=])\s*(\S+)\s*$/;
const NAMES = Object.keys(FIGURES).join(', ');

function isMetric(name: string): name is FigureName {
  return Object.hasOwn(FIGURES, name);
}

function condition(text: string, signs: string): Condition {
  const allowed = `METRIC, one of ${signs}, VALUE; several separated by commas; a metric of ${NAMES}; times as 5ms`;
  const [, metric = '', sign = '', value = ''] = text.match(FORM) ?? [];
  if (!isMetric(metric) || !signs.includes(sign)) return refuse(text, 'not a condition', allowed);
  const bound = isTime(metric)
    ? prefixed(`${metric}${sign}`, duration)(value) / 1000
    : numberIn(value);
  if (bound === null) return refuse(text, 'no number in it', allowed);
  return { text: text.trim(), metric, sign: sign as Condition['sign'], bound };
}

/** Decimal, and nothing else that Number() would take. */
function numberIn(text: string): number | null {
  return /^\d+(\.\d+)?(e\d+)?$/i.test(text) ? Number(text) : null;
}

/** `--slo`: what must hold. */
export function serviceLevel(text: string): readonly Condition[] {
  return text.split(',').map((one) => condition(one, '< > ='));
}

/** `--fail-if`: what must not come out. */
export function thresholds(text: string): readonly Threshold[] {
  return text.split(',').map((one) => {
    const { sign, ...rest } = condition(one, '< >');
    return { ...rest, above: sign === '>' };
  });
}
