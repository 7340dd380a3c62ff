/** A graph as a separate file, with its own background, which follows the reader's light or dark setting. */
import { darkColors, PAPER } from './theme.js';

export function standalone(svg: string): string {
  const style = `<style>@media (prefers-color-scheme: dark){${darkColors('svg')}}</style>`;
  const paper = `<rect width="100%" height="100%" fill="${PAPER}"/>`;
  const [whole, tag] = /^<svg [^>]*>/.exec(svg) ?? [svg];
  const opening = tag ?? whole;
  return `${opening}${style}${paper}${svg.slice(opening.length)}\n`;
}
