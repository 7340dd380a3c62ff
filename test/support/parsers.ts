/** Cases of parsers of option values, and a check of each. */
import type { Test } from 'tap';
import { UsageError } from '../../bench/cli/usage-error.js';
import { option, type Parser } from '../../bench/cli/values.js';

export interface Case {
  readonly parse: Parser<unknown>;
  readonly accepted: readonly (readonly [text: string, value: unknown])[];
  /** The text, and the part of the message between it and the list of allowed values. */
  readonly refused: readonly (readonly [text: string, wrong: string])[];
  readonly allowed: string;
}

export function each(texts: readonly string[], wrong: string) {
  return texts.map((text) => [text, wrong] as const);
}

export function refusal(parse: Parser<unknown>, text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'accepted';
}

export function checkParser(
  t: Test,
  name: string,
  { parse, accepted, refused, allowed }: Case,
): void {
  t.test(`${name} accepts allowed values`, async (t) => {
    for (const [text, value] of accepted) t.strictSame(parse(text), value, text.slice(0, 40));
  });

  t.test(`${name} refuses other values with one line`, async (t) => {
    for (const [text, wrong] of refused) {
      const line = refusal(option('--it', parse), text);
      t.ok(line.startsWith('--it ') && line.endsWith(`: ${wrong}; allowed: ${allowed}`), line);
      t.notMatch(line, /\p{Cc}/u, 'no control characters');
    }
  });
}
