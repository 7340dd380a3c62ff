/** Exit codes of all commands. */
export const ExitCode = {
  ok: 0,
  /** An unexpected error. */
  broken: 1,
  /** Invalid usage; nothing was started. */
  usage: 2,
  /** A trial was invalid, failed or skipped. */
  invalid: 3,
  /** A --fail-if condition was met. */
  threshold: 99,
  /** SIGINT, as shells report it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
