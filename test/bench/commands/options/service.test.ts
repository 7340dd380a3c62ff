/** The service that the command line chooses. */
import t from 'tap';
import { chosenService } from '../../../../bench/commands/options/service.js';

t.test('echo is the default, and others are chosen by name', async (t) => {
  t.equal(chosenService({}).name, 'echo');
  t.equal(chosenService({ service: 'bulk' }).name, 'bulk');
});

t.test("another service's option is refused", async (t) => {
  const said = /--size: not an option of the service echo; its own: --message, --message-size/;
  t.throws(() => chosenService({ size: [1000] } as object), said);
  t.throws(() => chosenService({ service: 'bulk', message: 'x' } as object), /--message: not an/);
  t.equal(chosenService({ service: 'bulk', size: [1000] } as object).name, 'bulk');
});

t.test('a name that the command itself uses is no option of a service', async (t) => {
  t.equal(chosenService({ from: 125 } as object, ['from']).name, 'echo');
});
