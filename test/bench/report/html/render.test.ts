/** A report as HTML: well-formed, numbered throughout, with an element for every part. */
import t from 'tap';
import { inlines, toHtml } from '../../../../bench/report/html/render.js';
import {
  type Block,
  code,
  faint,
  type Report,
  strong,
} from '../../../../bench/report/text/blocks.js';
import { elementsOf, markupFaults, textsOf } from '../../../support/markup.js';

const TABLE: Block = {
  kind: 'table',
  caption: 'a table',
  columns: [{ title: 'server', align: 'left' }],
  rows: [{ cells: ['epoll'] }],
};

const figure = (id: string): Block => ({
  ...{ kind: 'figure', id, title: 'a figure', caption: 'seen', svg: '<svg></svg>' },
});

const reportOf = (...sections: readonly (readonly Block[])[]): Report => ({
  ...{ title: 'A', subtitle: 'B' },
  sections: sections.map((blocks, i) => ({ id: `s${i}`, title: `Section ${i}`, blocks })),
});

t.test('a report without sections is a complete page', async (t) => {
  t.same(markupFaults(toHtml(reportOf())), []);
});

t.test('the table of contents links to each section, in order', async (t) => {
  const html = toHtml(reportOf([], [], []));
  t.same(
    elementsOf(html, 'a').map(({ href }) => href),
    ['#s0', '#s1', '#s2'],
  );
  t.same(
    elementsOf(html, 'section').map(({ id }) => id),
    ['s0', 's1', 's2'],
  );
});

t.test('tables and figures are numbered separately, across all sections', async (t) => {
  const html = toHtml(reportOf([TABLE, figure('f'), TABLE], [figure('g'), TABLE]));
  t.same(
    textsOf(html, 'strong').map((text) => text.replace(/\..*/, '')),
    ['Table 1', 'Figure 1', 'Table 2', 'Figure 2', 'Table 3'],
  );
  t.same(
    elementsOf(html, 'figure').map(({ id }) => id),
    ['f', 'g'],
  );
});

t.test('each kind of block has its own element', async (t) => {
  const blocks: readonly Block[] = [
    { kind: 'paragraph', text: 'first', lead: true },
    { kind: 'paragraph', text: 'second' },
    { kind: 'heading', text: 'head' },
    { kind: 'list', items: [{ head: 'term', text: 'said' }] },
    { kind: 'list', items: [] },
  ];
  const html = toHtml(reportOf(blocks));
  t.same(markupFaults(html), []);
  t.match(html, '<p class="lead">first</p>\n<p>second</p>\n<h3>head</h3>');
  t.same([textsOf(html, 'dt'), textsOf(html, 'dd')], [['term'], ['said']]);
  t.equal(elementsOf(html, 'dl').length, 1, 'a list without items has no element');
});

t.test('parts of a text have the elements of their weights', async (t) => {
  t.equal(
    inlines(['a', code('b'), strong('c'), faint('d')]),
    'a<code>b</code><strong>c</strong><span class="faint">d</span>',
  );
});

t.test('a percent sign is not separated from its number', async (t) => {
  t.equal(inlines('95 % of 5 %, a % b'), '95&nbsp;% of 5&nbsp;%, a % b');
});

t.test('an option in a command is not broken across lines', async (t) => {
  t.equal(
    inlines([code('run --conns 5 a-b -v')]),
    '<code>run <span class="word">--conns</span> 5 a-b <span class="word">-v</span></code>',
  );
});

t.test('an option of any length that contains markup stays well-formed text', async (t) => {
  for (let length = 1; length < 40; length++) {
    const text = `x -${'a'.repeat(length)}<b>&"'z`;
    const html = inlines([code(text)]);
    t.same(markupFaults(html), [], `${length}`);
    const shown = html.replace(/<[^>]*>/g, '').replace(/&(\w+|#39);/g, (_, name: string) => {
      return { lt: '<', gt: '>', amp: '&', quot: '"', '#39': "'" }[name] ?? '?';
    });
    t.equal(shown, text);
  }
});

t.test('a listing is next to the caption of its figure, as text', async (t) => {
  const listing = ['if a < b', '  recv  # sleeps & waits'];
  const html = toHtml(reportOf([{ ...figure('f'), listing } as Block]));
  t.same(markupFaults(html), []);
  t.match(
    html,
    '<pre>if a &lt; b\n  recv  <span class="faint"># sleeps &amp; waits</span></pre>\n<figcaption>',
  );
  t.notMatch(toHtml(reportOf([figure('f')])), '<pre>');
});
