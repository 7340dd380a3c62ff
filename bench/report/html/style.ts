/** The style sheet of report.html: a page to read, light or dark, and A4 to print. */
import { ALARM, darkColors, FONT, GRID, INK, MUTED, PAPER, SHADE } from '../charts/theme.js';

const BASE = `
:root { color-scheme: light dark; --ink: ${INK}; --muted: ${MUTED}; --line: ${GRID};
  --paper: ${PAPER}; --shade: ${SHADE}; --link: #0b5cad; --alarm: ${ALARM}; }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 17px/1.6 Charter, "Bitstream Charter", "Source Serif 4", Georgia, "DejaVu Serif", serif; }
.page { max-width: 47rem; margin: 0 auto; padding: 3.5rem 1.25rem 5rem; }
h1, h2, h3, nav, table, figcaption strong, .subtitle, dt { font-family: ${FONT}; }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.015em; margin: 0 0 0.5rem;
  text-wrap: balance; }
h2 { font-size: 1.35rem; line-height: 1.25; margin: 3.25rem 0 0.9rem; padding-top: 1.1rem;
  border-top: 1px solid var(--line); letter-spacing: -0.01em; }
h2 .number { color: var(--muted); font-weight: 400; margin-right: 0.55em; }
h3 { font-size: 1.02rem; margin: 2.2rem 0 0.6rem; }
p { margin: 0 0 1rem; }
p.lead { font-size: 1.14rem; line-height: 1.55; }
.subtitle { color: var(--muted); font-size: 0.92rem; margin: 0; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
code { font: 0.86em/1.5 ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
  background: var(--shade); border: 1px solid var(--line); border-radius: 4px; padding: 0.08em 0.35em;
  overflow-wrap: anywhere; }
dl { margin: 0 0 1.2rem; display: grid; grid-template-columns: minmax(8rem, 11rem) 1fr;
  column-gap: 0; }
dt { font-size: 0.84rem; font-weight: 600; padding: 0.58rem 1.4rem 0.5rem 0; line-height: 1.45; }
dd { margin: 0; padding: 0.5rem 0 0.55rem; font-size: 0.95rem; overflow-wrap: anywhere; }
dt:not(:first-of-type), dt:not(:first-of-type) + dd { border-top: 1px solid var(--line); }
nav { font-size: 0.88rem; margin: 1.8rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--line); }
nav ol { list-style: none; margin: 0; padding: 0; columns: 2; column-gap: 2rem; }
nav li { padding: 0.16rem 0; break-inside: avoid; }
nav .number { color: var(--muted); display: inline-block; width: 1.6em; }
`;

const FIGURES = `
figure { margin: 1.9rem 0 2.3rem; }
figure svg.chart { display: block; max-width: 100%; height: auto; margin: 0.4rem auto 0.6rem;
  overflow: visible; }
figcaption { font-size: 0.89rem; line-height: 1.5; color: var(--muted); }
figcaption strong { color: var(--ink); }
.beside { display: grid; grid-template-columns: minmax(0, 29rem) minmax(0, 1fr); column-gap: 1.5rem;
  align-items: start; }
pre { margin: 0.15rem 0 0; padding: 0.6rem 0.8rem; overflow-x: auto; background: var(--shade);
  border: 1px solid var(--line); border-radius: 6px; font: 0.74rem/1.55 ui-monospace, "SF Mono",
  "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.table { margin: 1.3rem 0 2rem; }
.scroll { overflow-x: auto; }
.table .caption { font-size: 0.89rem; line-height: 1.5; color: var(--muted); margin: 0 0 0.55rem; }
.table .caption strong { color: var(--ink); font-family: ${FONT}; }
table { border-collapse: collapse; width: 100%; font-size: 0.785rem; line-height: 1.4;
  font-variant-numeric: tabular-nums; border-bottom: 1.5px solid var(--ink);
  border-top: 1.5px solid var(--ink); }
th { text-align: left; vertical-align: bottom; font-weight: 600; padding: 0.4rem 0.55rem;
  border-bottom: 1px solid var(--ink); line-height: 1.25; hyphens: auto; }
td { padding: 0.26rem 0.55rem; vertical-align: baseline; }
th:first-child, td:first-child { padding-left: 0.15rem; }
th:last-child, td:last-child { padding-right: 0.15rem; }
.right { text-align: right; }
td.figure { white-space: nowrap; text-align: right; }
tr.begins:not(:first-child) td { border-top: 1px solid var(--line); }
td .faint { font-size: 0.92em; }
td code { white-space: nowrap; border: 0; background: none; padding: 0; font-size: 1em; }
td.label, .word { white-space: nowrap; }
.faint { color: var(--muted); }
`;

const WIDE = `
@media (min-width: 78rem) {
  .page { max-width: 68rem; display: grid; grid-template-columns: 13rem 47rem; column-gap: 4rem;
    padding-top: 4.5rem; }
  header, main { grid-column: 2; }
  nav { grid-column: 1; grid-row: 1 / span 2; border: 0; margin: 0; padding: 0;
    position: sticky; top: 4.5rem; align-self: start; }
  nav ol { columns: 1; }
  main > section:first-child h2 { margin-top: 2.2rem; }
}
@media (max-width: 40rem) {
  body { font-size: 16px; }
  .page { padding-top: 2rem; }
  h1 { font-size: 1.5rem; }
  dl, .beside { display: block; }
  pre { margin-bottom: 0.7rem; }
  dd, dt:not(:first-of-type) + dd { border-top: 0; padding-top: 0.1rem; }
  nav ol { columns: 1; }
  figure .scroll svg.chart { min-width: 34rem; }
}
`;

const PRINT = `
@page { size: A4; margin: 17mm 16mm 18mm; @bottom-center { content: counter(page); font: 8pt sans-serif; color: #59636e; } }
@media print {
  :root { color-scheme: light; }
  html { font-size: 12.6px; }
  body { font-size: 10pt; line-height: 1.45; }
  .page { max-width: none; padding: 0; display: block; }
  h1 { font-size: 19pt; }
  h2 { font-size: 13.5pt; margin-top: 7mm; padding-top: 3mm; }
  h3 { font-size: 10.5pt; margin-top: 5mm; }
  h2, h3, .caption { break-after: avoid; }
  figure, tr, dt, dd, p { break-inside: avoid; }
  .table { margin: 3mm 0 6mm; }
  .table.short { break-inside: avoid; }
  table { font-size: 7.6pt; }
  dd { font-size: 9.5pt; }
  nav { break-after: avoid; }
  th { padding: 1mm 1.1mm; } td { padding: 0.65mm 1.1mm; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  figure { margin: 4mm 0 6mm; }
  figure svg.chart { max-height: 98mm; }
  .beside { grid-template-columns: 104mm 1fr; }
  pre { font-size: 7pt; white-space: pre-wrap; }
  a { color: inherit; }
  nav ol { columns: 2; }
  dl { grid-template-columns: 32mm 1fr; }
}
`;

function dark(): string {
  return `
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --muted: #9da7b3; --line: #323a44; --paper: #12161c; --shade: #1b2129;
    --link: #6cb6ff; --alarm: #ff8a80; }
${darkColors('svg.chart')}
}
`;
}

export function styleSheet(): string {
  return [BASE, FIGURES, WIDE, PRINT, dark()].join('').trim();
}
