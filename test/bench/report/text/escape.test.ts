import t from 'tap';
import { toHtml } from '../../../../bench/report/html/render.js';
import { escapeMarkdown, toMarkdown } from '../../../../bench/report/markdown/render.js';
import { code, faint, type Report, strong } from '../../../../bench/report/text/blocks.js';

const EVIL = `<script>alert("x")</script> & '|' \`*_[a](b)`;

function saying(text: string): Report {
  return {
    title: text,
    subtitle: text,
    sections: [
      {
        id: 'one',
        title: text,
        blocks: [
          { kind: 'paragraph', text: [text, code(text), strong(text), faint(text)] },
          { kind: 'heading', text },
          { kind: 'list', items: [{ head: text, text }] },
          {
            kind: 'table',
            caption: text,
            columns: [{ title: text, align: 'left' }],
            rows: [{ cells: [text] }],
          },
          { kind: 'figure', id: 'f', title: text, caption: text, svg: '<svg></svg>' },
        ],
      },
    ],
  };
}

t.test('markup in a text is escaped in HTML', async (t) => {
  const html = toHtml(saying(EVIL));
  t.notMatch(html, '<script');
  t.match(html, '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;|&#39;');
});

t.test('markup in a text is escaped in Markdown', async (t) => {
  t.equal(escapeMarkdown('a|b *c* [d](e) <f>'), 'a\\|b \\*c\\* \\[d\\](e) \\<f\\>');
  const rows = toMarkdown(saying('a|b'))
    .split('\n')
    .filter((line) => line.startsWith('| '));
  t.same(rows, ['| a\\|b |', '| :--- |', '| a\\|b |']);
});
