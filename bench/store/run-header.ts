/** The version of the layout of a run's files. */

export const SCHEMA = 4;
/** The versions that can be read. */
export const READABLE: readonly number[] = [3, SCHEMA];

export type { RunHeader } from '../schema/run.js';
