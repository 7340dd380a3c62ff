import t from 'tap';
import { standalone } from '../../../../bench/report/charts/standalone.js';
import { elementsOf, markupFaults } from '../../../support/markup.js';

t.test('a standalone graph has a background', async (t) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="5" font-family='"A"'><g><rect fill="#1f2328"/></g></svg>`;
  const file = standalone(svg);
  t.same(markupFaults(file), []);
  const [frame] = elementsOf(file, 'svg');
  t.equal(frame?.width, '5');
  const rects = elementsOf(file, 'rect');
  t.match(rects[0], { width: '100%', height: '100%' });
  t.equal(rects[1]?.fill, '#1f2328');
  t.match(file, '@media (prefers-color-scheme: dark)');
  t.ok(file.endsWith('</svg>\n'));
});
