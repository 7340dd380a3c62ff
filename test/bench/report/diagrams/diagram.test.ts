/** The diagram of each model: well-formed, with all elements within the picture and without overlaps. */
import t from 'tap';
import { diagram, type Sketch } from '../../../../bench/report/diagrams/diagram.js';
import { anatomyOf } from '../../../../bench/report/diagrams/lanes.js';
import { CATALOG, modelNamed, type ServerModel } from '../../../../lib/catalog/models.js';
import { elementsOf, markupFaults, textsOf } from '../../../support/markup.js';

const SKETCH = { id: 'it', title: 'T', accent: '#123456', idle: 0, backlog: 4096 } as const;

const drawn = (model: ServerModel, workers: number, change: Partial<Sketch> = {}) => {
  const connections = change.connections ?? 1000;
  const anatomy = anatomyOf(model, { connections, workers, answer: 'echo' });
  return { anatomy, svg: diagram({ ...SKETCH, connections, anatomy, ...change }) };
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const boxesOf = (svg: string): Box[] =>
  elementsOf(svg, 'rect').map(({ x, y, width, height }) => ({
    ...{ x: Number(x), y: Number(y), width: Number(width), height: Number(height) },
  }));

const isWithin = (a: Box, b: Box) =>
  a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

const isApart = (a: Box, b: Box) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;

for (const model of [...CATALOG, modelNamed('cmd:any {port}')])
  t.test(`${model.name}: its boxes are within the picture and do not overlap`, async (t) => {
    for (const workers of model.workers === null ? [1] : [1, 2, 3, 50]) {
      const { svg } = drawn(model, workers);
      t.same(markupFaults(svg), []);
      const [frame] = elementsOf(svg, 'svg');
      t.equal(frame?.viewBox, `0 0 ${frame?.width} ${frame?.height}`);
      const picture = { x: 0, y: 0, width: Number(frame?.width), height: Number(frame?.height) };
      const boxes = boxesOf(svg);
      boxes.forEach((one, i) => {
        if (!isWithin(one, picture)) t.fail(`box ${i} leaves the picture`);
        for (const other of boxes.slice(i + 1))
          if (!isApart(one, other) && !isWithin(one, other) && !isWithin(other, one))
            t.fail(`boxes overlap: ${JSON.stringify([one, other])}`);
      });
      for (const { y } of elementsOf(svg, 'text'))
        if (Number(y) > picture.height) t.fail(`a text at ${y}`);
    }
  });

t.test('every step is drawn, and sleeping steps have the server’s colour', async (t) => {
  for (const model of CATALOG) {
    const { svg, anatomy } = drawn(model, 2);
    const texts = textsOf(svg, 'text');
    const steps = anatomy.lanes.flatMap((lane) => lane.steps);
    for (const { name } of steps)
      t.equal(
        texts.filter((text) => text === name).length,
        steps.filter((step) => step.name === name).length,
        `${model.name}: ${name}`,
      );
    const colored = elementsOf(svg, 'rect').filter(({ fill }) => fill === SKETCH.accent);
    t.equal(colored.length, steps.filter(({ waits }) => waits).length, model.name);
    for (const { title } of anatomy.lanes) t.ok(texts.includes(title), title);
  }
});

t.test('the diagram shows the load, and idle connections only if there are any', async (t) => {
  const epoll = modelNamed('epoll');
  const texts = (change: Partial<Sketch>) =>
    textsOf(drawn(epoll, 1, change).svg, 'text').join('\n');
  const busy = texts({ connections: 12_345 });
  t.match(busy, /\b12,345 busy/);
  t.match(busy, /\b12,345 sockets/);
  t.match(busy, /\(4,096\)/);
  t.notMatch(busy, 'idle');
  const idle = texts({ connections: 1, idle: 2000 });
  t.match(idle, /\b2,000 idle/);
  t.match(idle, /\b2,001 sockets/);
  t.match(texts({ connections: 1 }), /\b1 socket$/m);
});

t.test('the title is text, and is referenced by its own id', async (t) => {
  const { svg } = drawn(modelNamed('epoll'), 1, { id: 'own', title: 'a <b> & "c"' });
  t.same(markupFaults(svg), []);
  t.equal(elementsOf(svg, 'svg')[0]?.['aria-labelledby'], 'own-title');
  t.match(svg, '<title id="own-title">a &lt;b&gt; &amp; &quot;c&quot;</title>');
});
