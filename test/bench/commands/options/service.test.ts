/** The service that the command line selects. */
import t from 'tap';
import { chosenService } from '../../../../bench/commands/options/service.js';

const BOTH = ['server', 'client'] as const;

t.test('echo is the default, and others are chosen by name', async (t) => {
  t.equal(chosenService({}, BOTH).name, 'echo');
  t.equal(chosenService({ service: 'bulk' }, BOTH).name, 'bulk');
});

t.test("another service's option is refused", async (t) => {
  const said = /--size: not an option of the service echo; its own: --message, --message-size/;
  t.throws(() => chosenService({ size: [1000] } as object, BOTH), said);
  t.throws(
    () => chosenService({ service: 'bulk', message: 'x' } as object, BOTH),
    /--message: not an/,
  );
  t.equal(chosenService({ service: 'bulk', size: [1000] } as object, BOTH).name, 'bulk');
});

t.test('options of the side that the command does not run are not listed', async (t) => {
  const flags = { service: 'bulk', message: 'x' } as object;
  t.throws(() => chosenService(flags, ['client']), /its own: --op, --size$/);
});
