/** How the program ends: the exit code of each error, and its one line on standard error. */
import t from 'tap';
import { type AddCommand, execute } from '../../../bench/cli/program.js';
import { UsageError } from '../../../bench/cli/usage-error.js';

/** The exit code and standard error of a command with an option, an argument and the given action. */
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

t.test('a command that succeeds sets no exit code', async (t) => {
  t.same(await run(['work', 'a', '--size', '5']), { code: undefined, errors: '' });
});

t.test('the exit code is 2 after a usage error, 1 after any other error', async (t) => {
  t.same(await run(['work'], throwing(new UsageError('--size x: not a number'))), {
    code: 2,
    errors: 'c10k: --size x: not a number\n',
  });
  t.same(await run(['work'], throwing(new Error('no room'))), {
    code: 1,
    errors: 'c10k: no room\n',
  });
});

t.test('only the first line of an error message is printed', async (t) => {
  const { errors } = await run(['work'], throwing(new TypeError('first\nsecond\nthird')));
  t.equal(errors, 'c10k: first\n');
});

t.test('an error after an await ends the program like one before it', async (t) => {
  const later = async () => {
    await null;
    throw new UsageError('too late');
  };
  t.same(await run(['work'], later), { code: 2, errors: 'c10k: too late\n' });
});

t.test('an error about an excess argument names the argument and the command', async (t) => {
  const ran: string[] = [];
  const { code, errors } = await run(['work', 'a', 'b', 'c'], () => void ran.push('work'));
  t.equal(code, 2);
  t.match(errors, /^c10k: b: not an argument of work;.*\n$/);
  t.same(ran, [], 'nothing is started');
  t.equal(
    (await run(['many', 'a', 'b', 'c'])).code,
    undefined,
    'a command with a variadic argument accepts them',
  );
});

t.test('errors of commander have the same format and exit code as usage errors', async (t) => {
  for (const args of [['work', '--sise', '5'], ['work', '--size'], ['wrok']]) {
    const { code, errors } = await run(args);
    t.equal(code, 2, args.join(' '));
    t.match(errors, /^c10k: [^\n]+; see --help\n$/, args.join(' '));
  }
});

t.test('--version is printed and is not an error', async (t) => {
  const written = t.capture(process.stdout, 'write', () => true);
  const { code } = await run(['--version']);
  const output = written.args().flat().join('');
  written.restore(); // tap writes its results to standard output, too
  t.equal(code, 0);
  t.match(output, /^\d+\.\d+\.\d+\n$/);
});
