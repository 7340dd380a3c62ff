/** Which published figures apply to a run. */
import t from 'tap';
import { KINDS, kindsOf } from '../../../bench/services/published.js';
import { SERVICES } from '../../../bench/services/registry.js';
import { MODEL_NAMES } from '../../../lib/catalog/models.js';

t.test('every kind consists of known models and has a published figure', async (t) => {
  const all = SERVICES.flatMap(({ published }) => published);
  for (const [kind, models] of Object.entries(KINDS)) {
    for (const model of models) t.ok(MODEL_NAMES.includes(model), model);
    t.ok(
      all.some(({ connections }) => kind in connections),
      kind,
    );
  }
});

t.test('a server belongs to the kind that lists it, if that has a figure', async (t) => {
  const figure = { source: 'a', year: null, machine: null, measured: 'b' };
  const published = [{ ...figure, connections: { select: 1, epoll: 2 } }];
  t.same(kindsOf(['select-wide', 'epoll', 'threads'], published), ['select', 'epoll']);
  t.same(kindsOf(['libuv', 'cmd:epoll {port}'], published), []);
  t.same(kindsOf(['epoll'], []), []);
});
