/** Refuses options that another option overrides, so that none is silently ignored. */
import { UsageError } from '../../cli/usage-error.js';

/** Throws UsageError for the first given option that would be ignored. */
export function refuse(flags: object, isIgnored: (name: string) => boolean, why: string): void {
  const ignored = Object.keys(flags).find(isIgnored);
  if (ignored !== undefined) throw new UsageError(`${dashed(ignored)}: ${why}`);
}

/** The option as written on the command line; `name`: commander's name for it. */
export function dashed(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
