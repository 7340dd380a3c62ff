/** Shapes of diagrams: their positions, and escaping of the text that they contain. */
import t from 'tap';
import {
  arrow,
  backAround,
  begins,
  bus,
  chip,
  chipWidth,
  label,
  region,
} from '../../../../bench/report/diagrams/shapes.js';
import { elementsOf, markupFaults, textsOf } from '../../../support/markup.js';

t.test('markup in a text is escaped', async (t) => {
  const evil = '<a href="x">&</a>';
  const box = { x: 0, y: 0, width: 1, height: 1 };
  for (const shape of [label(0, 0, evil), chip(0, 0, evil, null), region(box, evil)]) {
    t.same(markupFaults(shape), []);
    t.same(textsOf(shape, 'text'), ['&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;']);
  }
});

t.test('a step is wide enough for its name, which is centred', async (t) => {
  for (const name of ['a', 'epoll_wait', 'x'.repeat(40)]) {
    t.ok(chipWidth(name) > name.length * 6.6, 'a character of 11 px is 0.6 × 11 px wide');
    const [rect] = elementsOf(chip(100, 50, name, null), 'rect');
    const [text] = elementsOf(chip(100, 50, name, null), 'text');
    t.equal(Number(rect?.width), chipWidth(name));
    t.equal(Number(text?.x), 100 + chipWidth(name) / 2);
    t.equal(text?.['text-anchor'], 'middle');
  }
});

t.test('a step where a lane sleeps has the server’s colour, others have none', async (t) => {
  t.equal(elementsOf(chip(0, 0, 'a', '#123456'), 'rect')[0]?.fill, '#123456');
  t.not(elementsOf(chip(0, 0, 'a', null), 'rect')[0]?.fill, '#123456');
});

/** Where the head of an arrow begins, and on which side of the tip it is. */
function headOf(shape: string) {
  const path = elementsOf(shape, 'path').at(-1)?.d ?? '';
  const [, x, y, dx] = /^M(\S+) (\S+)l(\S+) /.exec(path) ?? [];
  return { x: Number(x), y: Number(y), behind: Math.sign(Number(dx)) };
}

t.test('an arrow ends at its target, with its head before the tip', async (t) => {
  t.same(headOf(arrow(0, 0, 50, 20)), { x: 50, y: 20, behind: -1 });
  t.same(headOf(arrow(50, 0, 0, 20)), { x: 0, y: 20, behind: 1 });
  t.same(headOf(begins({ x: 80, y: 0 }, 90, { x: 30, y: 40 })), { x: 30, y: 40, behind: 1 });
});

t.test('a return arrow starts below the last step and ends below the first', async (t) => {
  const [line, head] = elementsOf(backAround(200, 50, 30), 'path').map(({ d }) => d ?? '');
  t.match(line, /^M200 30V/);
  t.match(line, /V35$/);
  t.match(head, /^M50 30l/);
});

t.test('a bus has an arrow to each target, from a trunk that spans them all', async (t) => {
  const places = [10, 90, 40].map((y) => ({ x: 100, y }));
  const paths = elementsOf(bus({ x: 0, y: 60 }, 20, places), 'path').map(({ d }) => d ?? '');
  t.equal(paths.length, 1 + 2 * places.length);
  t.equal(paths[0], 'M0 60H20M20 10V90');
  t.same(
    paths.filter((d) => d.includes('l-7')).map((d) => d.replace(/l.*/, '')),
    ['M100 10', 'M100 90', 'M100 40'],
  );
  t.equal(elementsOf(bus({ x: 0, y: 60 }, 20, []), 'path').length, 1);
});
