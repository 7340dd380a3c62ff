/** Adding options to a command so that errors begin with their names. */
import { Command } from 'commander';
import t from 'tap';
import {
  add,
  addAlias,
  addAll,
  addList,
  attributeOf,
  type OptionRow,
} from '../../../bench/cli/option.js';
import { list, wholeNumber } from '../../../bench/cli/values.js';

const COUNT: OptionRow = ['-c, --some-count <n>', 'number', wholeNumber(1, 9)];

const parsed = (command: Command, ...args: string[]) =>
  command.exitOverride().parse(args, { from: 'user' }).opts();

t.test('the attribute of an option equals the one that commander derives', async (t) => {
  t.equal(attributeOf(COUNT), 'someCount');
  t.same(parsed(addAll(new Command(), [COUNT]), '-c', '3'), { [attributeOf(COUNT)]: 3 });
});

t.test('an error begins with the long name of the option', async (t) => {
  const command = add(new Command(), ...COUNT);
  t.throws(() => parsed(command, '-c', '10'), /^--some-count 10: too large; allowed: 1 to 9/);
});

t.test('an alias sets the value of its option, and its errors begin with its name', async (t) => {
  const command = () => addAlias(add(new Command(), ...COUNT), '--number', COUNT);
  t.equal(parsed(command(), '--number', '4').someCount, 4);
  t.throws(() => parsed(command(), '--number', '10'), /^--number 10: too large/);
});

t.test('a repeated list option is the concatenation of its lists', async (t) => {
  const command = () => addList(new Command(), '--of <n,…>', 'numbers', list(wholeNumber(1, 9)));
  t.same(parsed(command(), '--of', '3,1', '--of', '2'), { of: [3, 1, 2] });
  t.same(parsed(command()), {});
  t.throws(() => parsed(command(), '--of', '1', '--of', '0'), /^--of 0: too small/);
});
