/** The first Ctrl-C ends a run after its trial is stopped and the files are written; the second exits immediately. */
import { ExitCode } from '../cli/exit-code.js';

interface Interruption {
  readonly signal: AbortSignal;
  /** Restores the default actions of the signals. */
  release(): void;
}

/** SIGHUP: the terminal was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function interruption(): Interruption {
  const controller = new AbortController();
  const interrupt = () => {
    // The child processes end when the channel to their parent closes.
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
