/** The options that end a run. */
import { Command } from 'commander';
import t from 'tap';
import { addStopping, stoppingOf } from '../../../../bench/commands/options/stopping.js';

function stopping(...args: string[]) {
  const command = new Command().exitOverride();
  addStopping(command);
  return stoppingOf(command.parse(args, { from: 'user' }).opts());
}

t.test('a run ends after its blocks, when it is stable, or when its budget is spent', async (t) => {
  t.same(stopping(), { kind: 'blocks' });
  t.same(stopping('--until-stable', '3%'), { kind: 'stable', share: 0.03 });
  t.same(stopping('--budget', '10m'), { kind: 'budget', ns: 600e9 });
});

t.test('two options that end a run cannot be combined', async (t) => {
  const both = () => stopping('--until-stable', '3%', '--budget', '1m');
  t.throws(both, {
    name: 'UsageError',
    message: /--budget: can't be combined with --until-stable/,
  });
});
