/** How a command ends. */
export const ExitCode = {
  ok: 0,
  /** It broke. */
  broken: 1,
  /** Bad usage: nothing was started. */
  usage: 2,
  /** A trial was invalid, failed or skipped. */
  invalid: 3,
  /** A threshold was broken. */
  threshold: 99,
  /** SIGINT, as shells report it. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
