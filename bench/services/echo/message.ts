/** The message of an echo request, and the options that set it. Pure. */
import { refuse } from '../../cli/usage-error.js';

/** The payload of a request; the newline that ends it isn't counted. */
export type Message =
  /** The same text for every request, sent as UTF-8. */
  | { readonly kind: 'text'; readonly text: string }
  /** Random text of `low` to `high` payload bytes, both included; equal for a fixed size. */
  | { readonly kind: 'size'; readonly low: number; readonly high: number };

const LONGEST_TEXT = 65_536;
const TEXTS = `one line of 1 to ${LONGEST_TEXT} bytes`;

/** A fixed message: one line, because a request of the echo service ends at a newline. */
export function messageText(text: string): Message {
  if (text === '') refuse(text, 'empty message', TEXTS);
  if (/[\r\n]/.test(text)) refuse(text, 'contains a line break', TEXTS);
  const bytes = Buffer.byteLength(text);
  if (bytes > LONGEST_TEXT) refuse(text, `too long, ${bytes} bytes`, TEXTS);
  return { kind: 'text', text };
}

const LARGEST = 1024 ** 2;
const SIZES = `19 or uniform:1-4096, with sizes of 1 to ${LARGEST} bytes`;

/** The payload size of generated messages, in bytes. */
export function messageSize(text: string): Message {
  const [, fixed, from = fixed, to = fixed] = /^(?:(\d+)|uniform:(\d+)-(\d+))$/.exec(text) ?? [];
  if (from === undefined) refuse(text, 'not a size', SIZES);
  const [low, high] = [Number(from), Number(to)];
  if (low > high) refuse(text, 'lower bound above the upper bound', SIZES);
  if (low < 1) refuse(text, 'too small', SIZES);
  if (high > LARGEST) refuse(text, 'too large', SIZES);
  return { kind: 'size', low, high };
}
