/** Tables as HTML: figures right and on one line, a rule above each group, wide ones scroll. */
import type { Block, Column, TableRow, Words } from '../text/blocks.js';

type Table = Extract<Block, { kind: 'table' }>;
type Inlines = (text: Words) => string;

/** Up to this number of rows stay together on a printed page. */
const SHORT = 22;

const LABELS = ['load', 'server'];

export function tableHtml(table: Table, number: number, inlines: Inlines): string {
  const { caption, columns, rows } = table;
  const short = rows.length <= SHORT ? ' short' : '';
  const head = columns.map((column) => headOf(column, inlines)).join('');
  const body = rows.map((row) => rowOf(row, columns, inlines)).join('\n');
  return `<div class="table${short}">
<p class="caption"><strong>Table ${number}.</strong> ${inlines(caption)}</p>
<div class="scroll"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody>
</table></div>
</div>`;
}

function headOf({ title, unit, align }: Column, inlines: Inlines): string {
  const kind = align === 'right' ? ' class="right"' : '';
  return `<th scope="col"${kind}>${inlines(unit === undefined ? title : `${title}, ${unit}`)}</th>`;
}

function rowOf({ cells, begins }: TableRow, columns: readonly Column[], inlines: Inlines): string {
  const tds = cells.map((cell, i) => {
    const kind = kindOf(columns[i]);
    return `<td${kind}>${inlines(cell)}</td>`;
  });
  return `<tr${begins ? ' class="begins"' : ''}>${tds.join('')}</tr>`;
}

/** Figures and names stay on one line; longer text may wrap. */
function kindOf(column: Column | undefined): string {
  if (column?.align === 'right') return ' class="figure"';
  return column && LABELS.includes(column.title) ? ' class="label"' : '';
}
