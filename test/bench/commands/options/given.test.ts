/** Options that would be ignored are refused. */
import t from 'tap';
import { dashed, refuse } from '../../../../bench/commands/options/given.js';

t.test('an option is named as on the command line', async (t) => {
  t.equal(dashed('conns'), '--conns');
  t.equal(dashed('clientProcesses'), '--client-processes');
});

t.test('the first option that would be ignored is named, with the reason', async (t) => {
  const flags = { conns: [1], failIf: 'x', untilStable: 1 };
  const ignored =
    (...names: string[]) =>
    () =>
      refuse(flags, (name) => names.includes(name), 'set by others');
  t.throws(ignored('untilStable', 'failIf'), {
    name: 'UsageError',
    message: '--fail-if: set by others',
  });
  t.doesNotThrow(ignored('server'));
});
