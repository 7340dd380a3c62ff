/** The number of cells that a threat concerns. */
import type { StudyCell } from '../../study/study.js';

export function share(some: readonly StudyCell[], all: readonly StudyCell[]): string {
  if (all.length === 1) return 'the one cell';
  return some.length === all.length
    ? `all ${all.length} cells`
    : `${some.length} of ${all.length} cells`;
}
