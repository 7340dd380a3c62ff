/** Capabilities of a terminal: colour unless NO_COLOR is set, redrawn lines unless it is a pipe. */
import pc from 'picocolors';

export type Colors = ReturnType<typeof pc.createColors>;

interface Terminal {
  readonly colors: Colors;
  /** Columns; infinite in a pipe. */
  readonly width: number;
  /** Lines can be redrawn. */
  readonly live: boolean;
}

export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  const live = stream.isTTY === true && process.env.TERM !== 'dumb';
  const colored = live && (process.env.NO_COLOR ?? '') === '';
  return {
    colors: pc.createColors(colored),
    width: live ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY,
    live,
  };
}
