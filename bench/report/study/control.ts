/** The baseline of a run, in words. */
import { CONTROL } from '../../../lib/catalog/models.js';
import type { Study } from './study.js';

/** As an apposition: “the baseline, …, ran beside it”. */
export function whatControlIs({
  run,
  nameOf,
  wording,
}: Pick<Study, 'run' | 'nameOf' | 'wording'>): string {
  const name = run.plan.cells[0]?.control ?? CONTROL;
  return name === CONTROL ? wording.baseline : `here ${nameOf(name)}`;
}

/** ` under 16 connections`: the load of the baseline's readings; empty if the run has only one load. */
export function underControlLoad({
  controlLevel,
  levels,
}: Pick<Study, 'controlLevel' | 'levels'>): string {
  return controlLevel && levels.length > 1 ? ` under ${controlLevel.label}` : '';
}
