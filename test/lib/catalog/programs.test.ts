import t from 'tap';
import { commandOf, isCommand } from '../../../lib/catalog/programs.js';

t.test('a model is a program if its name begins with cmd:', async (t) => {
  t.ok(isCommand('cmd:node server.js {port}'));
  for (const name of ['epoll', '', 'cmd', 'CMD:x', ' cmd:x', 'x cmd:y'])
    t.notOk(isCommand(name), name);
});

t.test('the command is everything after the first cmd:', async (t) => {
  t.equal(commandOf('cmd:sh -c "cmd:x {port}"'), 'sh -c "cmd:x {port}"');
  t.equal(commandOf('cmd:'), '');
});
