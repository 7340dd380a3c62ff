/** The version of the layout of a run's files. */

export const SCHEMA = 5;
/** The versions that can be read. */
export const READABLE: readonly number[] = [3, 4, SCHEMA];

export type { RunHeader } from '../schema/run.js';
