/** The option that continues an interrupted run. */
import type { OptionRow } from '../../cli/option.js';
import { existing } from '../../cli/values.js';
import { dashed, refuse } from './given.js';

export const RESUME: OptionRow = [
  '--resume <dir>',
  'directory of an interrupted run to continue',
  existing,
];

/** The only options beside --resume: a resumed run keeps the others from its start. */
const BESIDE = ['json', 'quiet', 'failIf'];

/** Throws UsageError for the first given option that would be ignored. */
export function refuseBesideResume(flags: object): void {
  refuse(
    flags,
    (name) => name !== 'resume' && !BESIDE.includes(name),
    `not possible with --resume; allowed: ${BESIDE.map(dashed).join(', ')}`,
  );
}
