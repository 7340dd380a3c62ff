/** Every model keeps running after connections that close as soon as they are open. */
import t from 'tap';
import { ACCOUNTING, skipOf } from '../support/models.js';
import { storm } from '../support/storm.js';

for (const model of ACCOUNTING) {
  // A Worker for each costs 40 ms of CPU.
  const connections = model.topology === 'Worker per connection' ? 10 : 200;
  const name = `${model.name} keeps running after ${connections} connections that close at once`;
  t.test(name, { skip: skipOf(model) }, (t) => storm(t, model, connections));
}
