/** How many cells a threat is about. */
import type { StudyCell } from '../../study/study.js';

export function share(some: readonly StudyCell[], all: readonly StudyCell[]): string {
  return some.length === all.length
    ? `all ${all.length} cells`
    : `${some.length} of ${all.length} cells`;
}
