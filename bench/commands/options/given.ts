/** Refuses options that another option overrides, so that none is silently ignored. */
import { UsageError } from '../../cli/usage-error.js';

/** The only options beside --resume: a resumed run keeps the others from its start. */
const RESUME_TAKES = ['resume', 'json', 'quiet', 'failIf'];

/** Throws UsageError for the first given option that would be ignored. */
export function refuse(flags: object, isIgnored: (name: string) => boolean, why: string): void {
  const ignored = Object.keys(flags).find(isIgnored);
  if (ignored !== undefined) throw new UsageError(`${dashed(ignored)}: ${why}`);
}

export function refuseBesideResume(flags: object): void {
  const [, ...taken] = RESUME_TAKES;
  refuse(
    flags,
    (name) => !RESUME_TAKES.includes(name),
    `ignored by --resume; allowed: ${taken.map(dashed).join(', ')}`,
  );
}

/** The option as written on the command line; `name`: commander's name for it. */
function dashed(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
