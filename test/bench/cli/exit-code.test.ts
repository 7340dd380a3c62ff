/** Exit codes are documented. */
import { readFileSync } from 'node:fs';
import t from 'tap';
import { ExitCode } from '../../../bench/cli/exit-code.js';

t.test('README lists every exit code', async (t) => {
  const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8');
  const [, rows = ''] =
    /\| exit code \| meaning \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(readme) ?? [];
  const listed = [...rows.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  t.same(listed, Object.values(ExitCode));
});
