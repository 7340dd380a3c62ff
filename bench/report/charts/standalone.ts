/** A graph as a file of its own: on paper of its own, which is dark where the reader's page is. */
import { darkColors, PAPER } from './theme.js';

export function standalone(svg: string): string {
  const style = `<style>@media (prefers-color-scheme: dark){${darkColors('svg')}}</style>`;
  const paper = `<rect width="100%" height="100%" fill="${PAPER}"/>`;
  const [whole, tag] = /^<svg [^>]*>/.exec(svg) ?? [svg];
  const opening = tag ?? whole;
  return `${opening}${style}${paper}${svg.slice(opening.length)}\n`;
}
