import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { storageDirectory } from '../../../../bench/services/files/storage-option.js';
import { c10k } from '../../../support/command.js';

t.test('a directory that can be written to is accepted, also through a link', async (t) => {
  const directory = t.testdir({ storage: {} });
  const link = join(directory, 'link');
  symlinkSync(join(directory, 'storage'), link);
  for (const path of [join(directory, 'storage'), link]) t.equal(storageDirectory(path), path);
  t.strictSame(readdirSync(link), [], 'nothing is left in it');
});

t.test('everything else is refused with the reason', async (t) => {
  const file = join(t.testdir({ file: '' }), 'file');
  const refusals = [
    ['', '"": not a directory'],
    [' ', '" ": not a directory'],
    ['/nonexistent', '/nonexistent: no such directory'],
    [join(file, 'below'), /: not a directory/],
    [file, /: not a directory/],
    ['/dev/null', '/dev/null: not a directory'],
    ['a\0b', /: ERR_INVALID_ARG_VALUE/],
    [`/${'n'.repeat(300)}`, /: ENAMETOOLONG/],
  ] as const;
  for (const [path, said] of refusals) {
    const allowed = '; allowed: an existing directory that can be written to';
    const message = typeof said === 'string' ? `${said}${allowed}` : said;
    t.throws(() => storageDirectory(path), { name: 'UsageError', message });
  }
});

t.test('a directory that can be read alone is refused', { skip: isRoot() }, async (t) => {
  t.throws(() => storageDirectory('/'), { message: /^\/: (not permitted|read-only file system)/ });
});

t.test('a directory in which no file can be made is refused before anything starts', async (t) => {
  const wrong = isRoot()
    ? 'files without a name \\(O_TMPFILE\\) are not supported'
    : 'not permitted';
  for (const command of [['files'], ['serve', '--service', 'files']]) {
    const directory = t.testdir();
    const { code, stderr } = await c10k(directory, ...command, '--storage', '/proc');
    t.equal(code, 2);
    t.match(stderr, RegExp(`^c10k: --storage /proc: ${wrong}; allowed: [^\\n]+\\n$`));
    t.strictSame(readdirSync(directory), []);
  }
});

function isRoot(): string | false {
  return process.geteuid?.() === 0 && 'modes do not bind root: see test/namespace';
}
