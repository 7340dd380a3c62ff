/** How the program ends: the exit code of each error, and the one line that is said of it. */
import t from 'tap';
import { type AddCommand, execute } from '../../../bench/cli/program.js';
import { UsageError } from '../../../bench/cli/usage-error.js';

/** What a command with an option, an argument and the given action ends with. */
async function run(args: readonly string[], action: () => void | Promise<void> = () => {}) {
  let errors = '';
  const add: AddCommand = (program) => {
    program
      .command('work')
      .argument('[first]')
      .option('--size <n>')
      .action(() => action());
    program
      .command('many')
      .argument('[all...]')
      .action(() => action());
  };
  const code = await execute([add], args, (text) => {
    errors += text;
  });
  return { code, errors };
}

const throwing = (error: Error) => () => {
  throw error;
};

t.test('a command that ends well has no exit code of an error', async (t) => {
  t.same(await run(['work', 'a', '--size', '5']), { code: undefined, errors: '' });
});

t.test('a usage error ends with 2, any other with 1', async (t) => {
  t.same(await run(['work'], throwing(new UsageError('--size x: not a number'))), {
    code: 2,
    errors: 'c10k: --size x: not a number\n',
  });
  t.same(await run(['work'], throwing(new Error('no room'))), {
    code: 1,
    errors: 'c10k: no room\n',
  });
});

t.test('of a long message the first line is said', async (t) => {
  const { errors } = await run(['work'], throwing(new TypeError('first\nsecond\nthird')));
  t.equal(errors, 'c10k: first\n');
});

t.test('an error after an await ends the program as one before it does', async (t) => {
  const later = async () => {
    await null;
    throw new UsageError('too late');
  };
  t.same(await run(['work'], later), { code: 2, errors: 'c10k: too late\n' });
});

t.test('an argument too many is named, and its command', async (t) => {
  const ran: string[] = [];
  const { code, errors } = await run(['work', 'a', 'b', 'c'], () => void ran.push('work'));
  t.equal(code, 2);
  t.match(errors, /^c10k: b: not an argument of work;.*\n$/);
  t.same(ran, [], 'nothing was started');
  t.equal((await run(['many', 'a', 'b', 'c'])).code, undefined, 'where there may be any number');
});

t.test('what commander refuses is one line in the words of the others: exit 2', async (t) => {
  for (const args of [['work', '--sise', '5'], ['work', '--size'], ['wrok']]) {
    const { code, errors } = await run(args);
    t.equal(code, 2, args.join(' '));
    t.match(errors, /^c10k: [^\n]+; see --help\n$/, args.join(' '));
  }
});

t.test('--version is printed, and is no error', async (t) => {
  const written = t.capture(process.stdout, 'write', () => true);
  const { code } = await run(['--version']);
  const output = written.args().flat().join('');
  written.restore(); // the test's own results go there, too
  t.equal(code, 0);
  t.match(output, /^\d+\.\d+\.\d+\n$/);
});
