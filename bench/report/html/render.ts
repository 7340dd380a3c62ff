/** A report as one self-contained HTML file without scripts. Pure. */
import {
  type Block,
  type Figure,
  type Inline,
  type Report,
  type Section,
  textOf,
  type Words,
} from '../text/blocks.js';
import { escapeXml } from '../text/escape.js';
import { styleSheet } from './style.js';
import { tableHtml } from './table.js';

export function toHtml(report: Report): string {
  const { title, subtitle, sections } = report;
  const numbered = new Numbers();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeXml(title)}</title>
<style>
${styleSheet()}
</style>
</head>
<body>
<div class="page">
<header>
<h1>${escapeXml(title)}</h1>
<p class="subtitle">${escapeXml(subtitle)}</p>
</header>
<nav aria-label="Contents">
<ol>
${sections.map(entry).join('\n')}
</ol>
</nav>
<main>
${sections.map((section, i) => sectionHtml(section, i + 1, numbered)).join('\n')}
</main>
</div>
</body>
</html>
`;
}

function entry({ id, title }: Section, i: number): string {
  return `<li><a href="#${id}"><span class="number">${i + 1}</span>${escapeXml(title)}</a></li>`;
}

/** Figures and tables are numbered through the report. */
class Numbers {
  private figures = 0;
  private tables = 0;
  figure(): number {
    this.figures += 1;
    return this.figures;
  }
  table(): number {
    this.tables += 1;
    return this.tables;
  }
}

function sectionHtml({ id, title, blocks }: Section, number: number, numbers: Numbers): string {
  const head = `<h2><span class="number">${number}</span>${escapeXml(title)}</h2>`;
  return `<section id="${id}">\n${head}\n${blocks.map((block) => blockHtml(block, numbers)).join('\n')}\n</section>`;
}

function blockHtml(block: Block, numbers: Numbers): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p${block.lead ? ' class="lead"' : ''}>${inlines(block.text)}</p>`;
    case 'heading':
      return `<h3>${escapeXml(block.text)}</h3>`;
    case 'list':
      return block.items.length === 0
        ? ''
        : `<dl>\n${block.items.map(({ head, text }) => `<dt>${escapeXml(head)}</dt><dd>${inlines(text)}</dd>`).join('\n')}\n</dl>`;
    case 'table':
      return tableHtml(block, numbers.table(), inlines);
    case 'figure':
      return figureHtml(block, numbers.figure());
  }
}

function figureHtml({ id, title, caption, svg, listing }: Figure, number: number): string {
  const words = `<strong>Figure ${number}. ${escapeXml(title)}.</strong> ${inlines(caption)}`;
  const below = `<figcaption>${words}</figcaption>`;
  const beside = listing && `<div class="beside">\n${listingHtml(listing)}\n${below}\n</div>`;
  return `<figure id="${id}">\n<div class="scroll">${svg}</div>\n${beside ?? below}\n</figure>`;
}

/** Comments have less weight. */
function listingHtml(lines: readonly string[]): string {
  const shown = lines.map((line) =>
    escapeXml(line).replace(/# .*$/, (comment) => `<span class="faint">${comment}</span>`),
  );
  return `<pre>${shown.join('\n')}</pre>`;
}

export function inlines(text: Words): string {
  return textOf(text).map(inline).join('');
}

function inline(part: Inline): string {
  if (typeof part === 'string') return escapeXml(part).replace(/(?<=\d) (?=%)/g, '&nbsp;');
  if ('code' in part) return `<code>${unbroken(part.code)}</code>`;
  if ('strong' in part) return `<strong>${escapeXml(part.strong)}</strong>`;
  return `<span class="faint">${escapeXml(part.faint)}</span>`;
}

/** Lines break between the words of a command, not within an option's name. */
function unbroken(text: string): string {
  return text
    .split(/((?<=^|\s)-\S{1,30})/)
    .map((part, i) =>
      i % 2 === 0 ? escapeXml(part) : `<span class="word">${escapeXml(part)}</span>`,
    )
    .join('');
}
