// How invalid input is quoted in error messages.

import t from 'tap';
import { refuse, shown, UsageError } from '../../../bench/cli/usage-error.js';

t.test('a quoted value is printable, short and never empty', async (t) => {
  const digits = '0123456789'.repeat(4);
  const shownAs = [
    ['', '""'],
    [' 5', '" 5"'],
    ['a\nb\tc\r', 'a\\nb\\tc\\r'],
    ['\u001b[31m\u202e\u2028', '\\u{1b}[31m\\u{202e}\\u{2028}'],
    [digits, digits],
    [`${digits}x`, `${digits.slice(0, 39)}…`],
    ['\u0000'.repeat(30), `${'\\u{0}'.repeat(7)}\\u{0…`],
    ['😀'.repeat(50), `${'😀'.repeat(39)}…`],
  ] as const;
  for (const [text, wanted] of shownAs) t.equal(shown(text), wanted);
});

t.test('a usage error is one line even if its parts contain newlines', async (t) => {
  t.equal(new UsageError('two\nlines').message, 'two\\nlines');
  t.throws(() => refuse('a\nb', 'wrong', 'right'), new UsageError('a\\nb: wrong; allowed: right'));
});
