/** The version of the layout of a run's files. */

export const SCHEMA = 6;
/** The versions that can be read. */
export const READABLE: readonly number[] = [3, 4, 5, SCHEMA];

export type { RunHeader } from '../schema/run.js';
