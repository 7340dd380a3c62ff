/** The option `--fail-if`, for every command that has results. */
import { refuse } from '../plan/usage-error.js';
import { duration } from '../plan/values.js';
import { isTime, METRICS, type MetricName, type Threshold } from '../statistics/thresholds.js';

const FORM = /^\s*([a-z0-9.-]+)\s*([<>])\s*(\S+)\s*$/;
const ALLOWED = `METRIC>VALUE or METRIC<VALUE, separated by commas, with a metric of ${Object.keys(METRICS).join(', ')}; times as 5ms`;

function isMetric(name: string): name is MetricName {
  return name in METRICS;
}

function threshold(text: string): Threshold {
  const [, metric = '', sign, value = ''] = text.match(FORM) ?? [];
  if (!isMetric(metric)) return refuse(text, 'not a threshold', ALLOWED);
  const bound = isTime(metric) ? duration(value) / 1000 : Number(value);
  if (!Number.isFinite(bound)) refuse(text, 'no number in it', ALLOWED);
  return { text: text.trim(), metric, above: sign === '>', bound };
}

export function thresholds(text: string): readonly Threshold[] {
  return text.split(',').map(threshold);
}
