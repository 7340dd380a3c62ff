import t from 'tap';
import { KINDS, kindsOf, PUBLISHED } from '../../../../bench/report/published/connections.js';
import { MODEL_NAMES } from '../../../../lib/catalog/models.js';

t.test('every kind consists of models, and has a published figure', async (t) => {
  for (const [kind, models] of Object.entries(KINDS)) {
    for (const model of models) t.ok(MODEL_NAMES.includes(model), model);
    t.ok(
      PUBLISHED.some(({ connections }) => kind in connections),
      kind,
    );
  }
});

t.test('a server belongs to the kind that lists it', async (t) => {
  t.same(kindsOf(['select-wide', 'epoll', 'libuv']), ['select', 'epoll']);
  t.same(kindsOf(['libuv', 'cmd:threads {port}']), []);
});
