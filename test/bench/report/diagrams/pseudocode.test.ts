/** Pseudocode of the models: short, of limited width, and with the call in which each model waits. */
import t from 'tap';
import { pseudocodeOf } from '../../../../bench/report/diagrams/pseudocode.js';
import { CATALOG, modelNamed } from '../../../../lib/catalog/models.js';

for (const model of CATALOG)
  t.test(model.name, async (t) => {
    const lines = pseudocodeOf(model);
    t.ok(lines.length >= 8 && lines.length <= 15, `${lines.length} lines`);
    for (const line of lines) t.ok(line.length <= 60, `fits next to the caption: ${line}`);
    t.match(lines.join('\n'), model.waitsIn);
    t.notMatch(lines[0], /^ /);
    for (const [i, line] of lines.entries()) {
      const depth = (text = '') => /^ */.exec(text)?.[0].length ?? 0;
      t.ok(depth(line) <= depth(lines[i - 1]) + 2 && depth(line) % 2 === 0, `indented: ${line}`);
    }
  });

t.test('only an edge-triggered loop reads until the socket is drained', async (t) => {
  const readsAll = (name: string) => /EAGAIN$/m.test(recvOf(name));
  const recvOf = (name: string) =>
    pseudocodeOf(modelNamed(name))
      .filter((line) => /^ *recv/.test(line))
      .join('\n');
  t.same(
    CATALOG.filter(({ name }) => readsAll(name)).map(({ name }) => name),
    ['control', 'epoll'],
  );
  t.match(recvOf('epoll-lt'), /recv once/);
});

t.test('an external program has no pseudocode', async (t) => {
  t.same(pseudocodeOf(modelNamed('cmd:./server {port}')), []);
});
