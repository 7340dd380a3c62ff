/** A report as Markdown: anchors that resolve, tables of constant width, code unchanged. */
import t from 'tap';
import { escapeMarkdown, toMarkdown } from '../../../../bench/report/markdown/render.js';
import {
  type Block,
  code,
  faint,
  type Report,
  strong,
} from '../../../../bench/report/text/blocks.js';

const reportOf = (blocks: readonly Block[], ...titles: readonly string[]): Report => ({
  ...{ title: 'A', subtitle: '' },
  sections: titles.map((title, i) => ({ id: `s${i}`, title, blocks: i === 0 ? blocks : [] })),
});

const linesOf = (...blocks: readonly Block[]) =>
  toMarkdown(reportOf(blocks, 'One')).trimEnd().split('\n').slice(6);

t.test('each entry of the contents links to its heading by GitHub’s anchor', async (t) => {
  const titles = ['Method', 'p99, in µs (all)', 'A – B & C', 'What it’s worth'];
  const text = toMarkdown(reportOf([], ...titles));
  const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, link]) => link);
  t.same(links, ['1-method', '2-p99-in-µs-all', '3-a--b--c', '4-what-its-worth']);
  t.equal((text.match(/^## \d\. /gm) ?? []).length, 4);
});

t.test('blocks are separated by blank lines', async (t) => {
  t.same(linesOf({ kind: 'paragraph', text: 'a' }, { kind: 'heading', text: 'b' }), [
    ...['a', '', '### b'],
  ]);
});

t.test('a list has one line per item', async (t) => {
  const items = [
    { head: 'a', text: 'b' },
    { head: 'c', text: [strong('d')] },
  ];
  t.same(linesOf({ kind: 'list', items }), ['- **a.** b', '- **c.** **d**']);
});

t.test('a table row has as many cells as columns, whatever the cells contain', async (t) => {
  const evil = ['a|b', '`|`', 'x\ny'];
  const table: Block = {
    kind: 'table',
    caption: 'said',
    columns: [
      { title: 's|t', align: 'left' },
      { title: 'n', unit: 'ms', align: 'right' },
    ],
    rows: evil.map((text) => ({ cells: [text, [code(text), faint(text)]] })),
  };
  const lines = linesOf(table, table);
  t.match(lines[0], /^\*\*Table 1\.\*\* said$/);
  t.match(lines[8], /^\*\*Table 2\.\*\*/);
  for (const line of lines.slice(2, 7)) {
    // An unescaped | ends a cell, within code too: GFM, 4.10.
    t.equal((line.match(/(?<!\\)\|/g) ?? []).length, 3, line);
  }
  t.equal(lines[3], '| :--- | ---: |');
});

t.test('code is unchanged, including |', async (t) => {
  t.same(linesOf({ kind: 'paragraph', text: [code('a | b \\ *c*')] }), ['`a | b \\ *c*`']);
});

t.test('code that contains backticks is fenced by more backticks', async (t) => {
  const codeOf = (text: string) => linesOf({ kind: 'paragraph', text: [code(text)] })[0];
  t.equal(codeOf('a`b'), '`` a`b ``');
  t.equal(codeOf('``'), '``` `` ```');
});

t.test('a figure names its file, and figures and tables are numbered separately', async (t) => {
  const figure: Block = { kind: 'figure', id: 'f', title: 't*', caption: 'c', svg: '<svg></svg>' };
  t.same(linesOf(figure), ['![t\\*](graphs/f.svg)', '', '**Figure 1. t\\*.** c']);
});

t.test('an entity in a text is not interpreted', async (t) => {
  t.equal(escapeMarkdown('&lt; & &#38; a&b'), '&amp;lt; & &amp;#38; a&b');
  t.equal(escapeMarkdown('a\r\nb\n\nc'), 'a b c');
  t.equal(escapeMarkdown('\\'), '\\\\');
});

t.test('a listing is a code block between a figure and its caption', async (t) => {
  const figure = { kind: 'figure', id: 'f', title: 'T', caption: 'c', svg: '' } as const;
  t.same(linesOf({ ...figure, listing: ['a_b', '  c'] }), [
    ...['![T](graphs/f.svg)', '', '```text', 'a_b', '  c', '```', '', '**Figure 1. T.** c'],
  ]);
});
