/** The catalog of server models is consistent: with itself, and with the code that runs them. */
import t from 'tap';
import { CATALOG, MODEL_NAMES, modelNamed } from '../../../lib/catalog/models.js';

t.test('every model has a name of its own', async (t) => {
  t.equal(new Set(MODEL_NAMES).size, CATALOG.length);
  for (const model of CATALOG) t.equal(modelNamed(model.name), model);
});

t.test('a model that there is none of is told with those there are', async (t) => {
  t.throws(() => modelNamed('kqueue'), {
    message: /^unknown server model kqueue; allowed: .*epoll/,
  });
});

t.test('one that chooses no number of workers has one', async (t) => {
  for (const model of CATALOG)
    t.ok(model.workers !== null || model.defaultWorkers === 1, model.name);
});

t.test('exactly the pools serve one connection to its end', async (t) => {
  for (const model of CATALOG) t.equal(model.serial, /pool$/.test(model.topology), model.name);
});

t.test('one alone keeps no account: the control', async (t) => {
  t.strictSame(
    CATALOG.filter((model) => !model.accounts).map((model) => model.name),
    ['control'],
  );
});
