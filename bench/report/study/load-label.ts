/** The name of a verdict's load among the levels of its run. */
import { levelKey } from '../../plan/load-level.js';
import type { LoadVerdict } from '../../statistics/verdicts.js';
import type { Study } from './study.js';

export function labelOf({ levels }: Study, { load }: LoadVerdict): string {
  return levels.find((level) => levelKey(level) === levelKey(load))?.label ?? '';
}
