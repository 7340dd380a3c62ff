/** Options that another one makes useless: a usage error, so that none is silently ignored. */
import { UsageError } from '../../cli/usage-error.js';

/** A run that goes on keeps what it was begun with. */
const RESUME_TAKES = ['resume', 'json', 'quiet', 'failIf'];

/** Throws UsageError for the first option given that would change nothing. */
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

/** As commander's name of an option is written on the command line. */
function dashed(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
