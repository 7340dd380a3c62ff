/** The catalog of server models is consistent, and agrees with the code that runs them. */
import t from 'tap';
import { CATALOG, MODEL_NAMES, modelNamed } from '../../../lib/catalog/models.js';

t.test('every model has a unique name', async (t) => {
  t.equal(new Set(MODEL_NAMES).size, CATALOG.length);
  for (const model of CATALOG) t.equal(modelNamed(model.name), model);
});

t.test('the error for an unknown model lists the known models', async (t) => {
  t.throws(() => modelNamed('kqueue'), {
    message: /^unknown server model kqueue; allowed: .*epoll/,
  });
});

t.test('a model without a choice of workers has one worker', async (t) => {
  for (const model of CATALOG)
    t.ok(model.workers !== null || model.defaultWorkers === 1, model.name);
});

t.test('only the pools serve one connection at a time until it ends', async (t) => {
  for (const model of CATALOG) t.equal(model.serial, /pool$/.test(model.topology), model.name);
});

t.test('only the control keeps no records', async (t) => {
  t.strictSame(
    CATALOG.filter((model) => !model.accounts).map((model) => model.name),
    ['control'],
  );
});
