/** A report as Markdown, its graphs as files beside it. Pure. */
import {
  type Block,
  type Figure,
  type Inline,
  plain,
  type Report,
  type Section,
  textOf,
  type Words,
} from '../text/blocks.js';

/** The folder of the graphs, beside report.md. */
export const GRAPHS = 'graphs';

export function toMarkdown({ title, subtitle, sections }: Report): string {
  const counts = { figure: 0, table: 0 };
  const contents = sections.map(
    (section, i) => `${i + 1}. [${escapeMarkdown(section.title)}](#${anchor(section, i)})`,
  );
  const parts = [
    `# ${escapeMarkdown(title)}`,
    escapeMarkdown(subtitle),
    contents.join('\n'),
    ...sections.flatMap((section, i) => [
      `## ${i + 1}. ${escapeMarkdown(section.title)}`,
      ...section.blocks.map((block) => blockMarkdown(block, counts)),
    ]),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** The anchor that GitHub derives from a heading. */
function anchor({ title }: Section, i: number): string {
  const words = `${i + 1}. ${title}`.toLowerCase();
  return words.replace(/[^\p{L}\p{N} -]/gu, '').replaceAll(' ', '-');
}

interface Counts {
  figure: number;
  table: number;
}

function blockMarkdown(block: Block, counts: Counts): string {
  switch (block.kind) {
    case 'paragraph':
      return inlines(block.text);
    case 'heading':
      return `### ${escapeMarkdown(block.text)}`;
    case 'list':
      return block.items
        .map(({ head, text }) => `- **${escapeMarkdown(head)}.** ${inlines(text)}`)
        .join('\n');
    case 'table':
      counts.table += 1;
      return tableMarkdown(block, counts.table);
    case 'figure':
      counts.figure += 1;
      return figureMarkdown(block, counts.figure);
  }
}

function tableMarkdown(table: Extract<Block, { kind: 'table' }>, number: number): string {
  const { caption, columns, rows } = table;
  const titles = columns.map(({ title, unit }) =>
    unit === undefined ? title : `${title}, ${unit}`,
  );
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : ':---'));
  return [
    `**Table ${number}.** ${inlines(caption)}`,
    '',
    line(titles.map(escapeMarkdown)),
    line(rule),
    ...rows.map(({ cells }) => line(cells.map((cell) => inlines(cell, true)))),
  ].join('\n');
}

function figureMarkdown({ id, title, caption, listing }: Figure, number: number): string {
  const words = `**Figure ${number}. ${escapeMarkdown(title)}.** ${inlines(caption)}`;
  const code = listing && ['```text', ...listing, '```'].join('\n');
  const image = `![${escapeMarkdown(title)}](${GRAPHS}/${id}.svg)`;
  return [image, ...(code ? [code] : []), words].join('\n\n');
}

function inlines(text: Words, isCell = false): string {
  return textOf(text)
    .map((part) => inline(part, isCell))
    .join('');
}

function inline(part: Inline, isCell: boolean): string {
  if (typeof part === 'string') return escapeMarkdown(part);
  // A bar would end the cell, so it is escaped there; outside a table the backslash would be part of the code.
  if ('code' in part)
    return isCell ? codeSpan(part.code).replaceAll('|', '\\|') : codeSpan(part.code);
  return 'strong' in part ? `**${escapeMarkdown(part.strong)}**` : escapeMarkdown(plain([part]));
}

/** Escapes markup, so that it is shown as text. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(/[\\`*_[\]<>|]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '&amp;');
}

/** Fenced by more backticks than it contains. */
function codeSpan(code: string): string {
  const text = code.replace(/[\r\n]+/g, ' ');
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const room = longest > 0 ? ' ' : '';
  return `${fence}${room}${text}${room}${fence}`;
}
