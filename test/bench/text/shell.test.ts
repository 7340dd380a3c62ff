/** Quoting the words of a command for a shell. */
import { spawnSync } from 'node:child_process';
import t from 'tap';
import { shellWord } from '../../../bench/text/shell.js';

t.test('a plain word is unchanged, and others are quoted', async (t) => {
  t.equal(shellWord('--message-size=uniform:1-9'), '--message-size=uniform:1-9');
  t.equal(shellWord(''), "''");
  t.equal(shellWord("it's"), "'it'\\''s'");
});

t.test('a shell reads each quoted word as the original word', async (t) => {
  const words = ['a b', "'", '$HOME', '*', '', 'p99<5ms', 'cmd:x {port}; y', '`id`', 'ä"\n'];
  const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], {
    encoding: 'utf8',
  });
  t.same(stdout.split('\0').slice(0, -1), words);
});
