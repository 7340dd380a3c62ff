/** Parses conditions on results: `p99>5ms`, `failures=0`. */
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
  const allowed = `METRIC SIGN VALUE, e.g. p99${signs[0]}5ms; several separated by commas; signs: ${signs}; metrics: ${NAMES}`;
  const [, metric = '', sign = '', value = ''] = text.match(FORM) ?? [];
  if (!isMetric(metric) || !signs.includes(sign)) return refuse(text, 'not a condition', allowed);
  const bound = isTime(metric)
    ? prefixed(`${metric}${sign}`, duration)(value) / 1000
    : numberIn(value);
  if (bound === null) return refuse(text, 'the value is not a number, e.g. 500 or 1.5M', allowed);
  return { text: text.trim(), metric, sign: sign as Condition['sign'], bound };
}

/** As tables show large figures. */
const PREFIXES: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['k', 1e3],
  ['M', 1e6],
  ['G', 1e9],
]);

/** Decimal only, because Number() also accepts other forms. */
function numberIn(text: string): number | null {
  const [, digits, prefix = ''] = /^(\d+(?:\.\d+)?(?:[eE]\d+)?)([A-Za-z]*)$/.exec(text) ?? [];
  const factor = PREFIXES.get(prefix);
  return digits === undefined || factor === undefined ? null : Number(digits) * factor;
}

/** `--slo`: conditions that must hold. */
export function serviceLevel(text: string): readonly Condition[] {
  return text.split(',').map((one) => condition(one, '< > ='));
}

/** `--fail-if`: conditions that must not be met. */
export function thresholds(text: string): readonly Threshold[] {
  return text.split(',').map((one) => {
    const { sign, ...rest } = condition(one, '< >');
    return { ...rest, above: sign === '>' };
  });
}
