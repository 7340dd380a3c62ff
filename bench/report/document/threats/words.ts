/** How threats name cells, and how many of them. */
import type { StudyCell } from '../../study.js';

export function nameOf({ series, level }: StudyCell): string {
  return `${series.name} at ${level.label}`;
}

export function share(some: readonly StudyCell[], all: readonly StudyCell[]): string {
  return some.length === all.length
    ? `all ${all.length} cells`
    : `${some.length} of ${all.length} cells`;
}
