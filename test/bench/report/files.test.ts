import t from 'tap';
import { reportFiles } from '../../../bench/report/files.js';
import type { Block } from '../../../bench/report/text/blocks.js';

const figure = (id: string): Block => ({
  ...{ kind: 'figure', id, title: 'T', caption: 'C', svg: `<svg id="${id}"></svg>` },
});

const filesOf = (...sections: readonly (readonly Block[])[]) =>
  reportFiles({
    ...{ title: 'A', subtitle: 'B' },
    sections: sections.map((blocks, i) => ({ id: `s${i}`, title: 'S', blocks })),
  });

t.test('each figure of every section is a separate file', async (t) => {
  const files = filesOf([figure('a'), { kind: 'heading', text: 'h' }], [], [figure('b')]);
  t.same([...files.keys()], ['report.html', 'report.md', 'graphs/a.svg', 'graphs/b.svg']);
  t.match(files.get('graphs/b.svg'), /^<svg id="b">[\s\S]*<\/svg>\n$/);
});

t.test('a report without figures is two files', async (t) => {
  t.same([...filesOf().keys()], ['report.html', 'report.md']);
});
