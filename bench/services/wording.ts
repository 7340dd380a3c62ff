/** The words for a service's figures: reports take their words from here, and know no service. */
import type { NamedOptions } from '../../lib/native-data.js';

export interface Noun {
  readonly one: string;
  readonly many: string;
}

export interface ServiceWording {
  /** The unit of work, which throughput and efficiency count. */
  readonly work: Noun;
  /** Work per second: in sentences and on axes, as the title of a column, and as that of a narrow one. */
  readonly rate: { readonly text: string; readonly unit: string; readonly short: string };
  /** Work per second of the server's CPU time. */
  readonly efficiency: string;
  /** A figure in the unit of `rate`; an unknown one is a dash. */
  readonly showRate: (value: number | null) => string;
  /** The same for the labels of an axis, as a Vega expression. */
  readonly rateLabels: string;
  /** A message with its answer, which has a latency and costs system calls. */
  readonly exchange: Noun & { readonly short: string };
  /** What the client sends. */
  readonly message: Noun;
  /** What the server sends. */
  readonly answer: string;
  /** What a connection does with messages: `sends`. */
  readonly makes: string;
  /** The size and kind of a message, from the options of the client's half. */
  readonly sizeOf: (options: NamedOptions['options']) => string;
  /** When a connection sends its next message in a closed loop. */
  readonly next: string;
  /** What the server does with the messages: the end of a sentence. */
  readonly task: string;
  /** How the client checks the answers: a sentence. */
  readonly check: string;
  /** From when to when service time lasts. */
  readonly serviceTime: string;
  /** What the baseline is. */
  readonly baseline: string;
}
