/** Problems and notes of a trial, as data. bench/report/text/facts.ts has their texts. */
import type { Problem } from './schema/facts.js';

export type { Fact, FactFigures, FactKind, Note, Problem, Side } from './schema/facts.js';

/** Follow from a failure of the control, because it ends the traffic of both sides. */
const OF_TRAFFIC: readonly string[] = [
  'no request answered',
  'slice not drained',
  'slices without an answer',
];
const OF_MEASUREMENT: readonly string[] = [
  'no pair of slices',
  'CPU time read late',
  'impossible figure',
];

/** The machine, the control or the measurement made the trial invalid, so it shows nothing about the server. */
export function isInconclusive(problems: readonly Problem[]): boolean {
  const ofControl = (one: Problem) => 'of' in one.figures && one.figures.of === 'control';
  const hasControlFailed = problems.some(ofControl);
  const excused = (one: Problem) =>
    ofControl(one) ||
    OF_MEASUREMENT.includes(one.kind) ||
    (hasControlFailed && OF_TRAFFIC.includes(one.kind));
  return problems.length > 0 && problems.every(excused);
}
