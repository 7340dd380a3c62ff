/** Commands without their framing. */
import t from 'tap';
import { named, parseCommand } from '../../../../lib/service/files/command.js';

t.test('verbs are accepted in any case', async (t) => {
  t.match(parseCommand('lIsT'), { operation: 'list', error: undefined });
  t.match(parseCommand('get a b'), { operation: 'download', name: 'a b', error: undefined });
  t.match(parseCommand('Delete a'), { operation: 'delete', name: 'a', error: undefined });
});

t.test('other commands and names are refused', async (t) => {
  for (const line of ['', ' ', 'HEAD a', 'LISTS', ' LIST'])
    t.match(parseCommand(line), { operation: '', error: 'unknown command' }, line);
  t.equal(parseCommand('LIST ').error, 'LIST takes no name');
  t.equal(parseCommand('GET').error, 'no name');
  for (const name of ['.a', 'a/b', 'a\0', '\x7f', '\xe9', '\xc0\x80', 'n'.repeat(256)])
    t.equal(named('download', name).error, 'bad name', JSON.stringify(name));
});

t.test('a name is UTF-8', async (t) => {
  t.equal(named('upload', '\xc3\xa9').name, '\u00e9');
});
