/** Ctrl-C ends a run in good order; a second one ends it at once: signal(7). */
import { ExitCode } from '../cli/exit-code.js';

interface Interruption {
  readonly signal: AbortSignal;
  /** Signals are the system's again. */
  release(): void;
}

/** The last is that of a terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function interruption(): Interruption {
  const controller = new AbortController();
  const interrupt = () => {
    // The child processes end with their parent's channel to them.
    if (controller.signal.aborted) process.exit(ExitCode.interrupted);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  return {
    signal: controller.signal,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, interrupt);
    },
  };
}
