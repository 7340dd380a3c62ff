/** `--resume` continues a run only with the build that began it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { c10k } from '../../support/command.js';

t.test('a run that another build began is refused with one line', async (t) => {
  const path = t.testdir();
  const load = ['--conns', '2', '--repeat', '2', '--trials', '1', '--quiet'];
  await c10k(path, ...load, '--output', 'out');
  const file = join(path, 'out', 'run.json');
  const header = JSON.parse(readFileSync(file, 'utf8'));
  t.equal((await c10k(path, '--resume', 'out')).code, 0);
  header.environment.c10k.addon.sha256 = '0123456789ab'.padEnd(64, '0');
  writeFileSync(file, JSON.stringify(header));
  const { code, stderr } = await c10k(path, '--resume', 'out');
  t.equal(code, 2);
  t.match(
    stderr,
    /^c10k: --resume out: begun by another c10k \(SHA-256 of the native code: 0123456789ab against [0-9a-f]{12}\)[^\n]*\n$/,
  );
});
