import t from 'tap';
import { files } from '../../../../bench/services/files/files.js';
import { contentOption, effectCheck } from '../../../../bench/services/files/stage-parts.js';

function checkOf(op: string, found: { right?: number; left?: number }) {
  const [load] = files.loads({ op: [op] });
  if (!load) throw new Error('no load');
  const cell = { ...load, connections: 2, repeat: 3, timeoutNs: 1e9, stallNs: 0 };
  const asked: string[] = [];
  const count = (what: string, value = 0) => {
    asked.push(what);
    return Promise.resolve(value);
  };
  const check = effectCheck(cell, {
    countRight: () => count('right', found.right),
    countLeft: () => count('left', found.left),
  });
  return { check, asked };
}

t.test('confirmed uploads that are not as they were sent are wrong', async (t) => {
  const { check } = checkOf('upload', { right: 4 });
  t.same([await check(6), await check(4), await check(3)], [2, 0, 0]);
});

t.test('confirmed deletions whose files are left are wrong', async (t) => {
  const { check } = checkOf('delete', { left: 2 });
  t.same([await check(6), await check(4), await check(3)], [2, 0, 0], 'of 6 files, 4 are deleted');
});

t.test('the storage is not read after downloads and listings', async (t) => {
  for (const op of ['download', 'list']) {
    const { check, asked } = checkOf(op, {});
    t.equal(await check(6), 0);
    t.same(asked, []);
  }
});

t.test('only operations with a size have a content', async (t) => {
  t.same(await contentOption({ op: 'list', wire: 'raw' }), {});
  t.match(await contentOption({ op: 'upload', wire: 'raw', bytes: '10' }), {
    content: /^\/proc\//,
  });
});
