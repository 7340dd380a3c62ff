/** Conditions on results as they are written: `p99>5ms`, `failures=0`. */
import { refuse } from '../plan/usage-error.js';
import { duration } from '../plan/values.js';
import type { Condition } from '../statistics/service-level.js';
import { isTime, METRICS, type MetricName, type Threshold } from '../statistics/thresholds.js';

const FORM = /^\s*([a-z0-9.-]+)\s*([<>=])\s*(\S+)\s*$/;
const NAMES = Object.keys(METRICS).join(', ');

function isMetric(name: string): name is MetricName {
  return name in METRICS;
}

function condition(text: string, signs: string): Condition {
  const allowed = `METRIC, one of ${signs}, VALUE; several separated by commas; a metric of ${NAMES}; times as 5ms`;
  const [, metric = '', sign = '', value = ''] = text.match(FORM) ?? [];
  if (!isMetric(metric) || !signs.includes(sign)) return refuse(text, 'not a condition', allowed);
  const bound = isTime(metric) ? duration(value) / 1000 : Number(value);
  if (!Number.isFinite(bound)) refuse(text, 'no number in it', allowed);
  return { text: text.trim(), metric, sign: sign as Condition['sign'], bound };
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
