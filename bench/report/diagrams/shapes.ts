/** The shapes of the diagrams. Their colours are those of the graphs, which a dark page inverts. */
import { GRID, INK, MUTED, PAPER, SHADE } from '../charts/theme.js';
import { escapeXml } from '../text/escape.js';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const MONO = 'ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace';
/** Of the monospaced face at 11 px. */
const CHARACTER = 6.75;

export function region({ x, y, width, height }: Box, title: string, dashed = false): string {
  const dash = dashed ? ' stroke-dasharray="4 3"' : '';
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${SHADE}" stroke="${GRID}"${dash}/>${label(x + 10, y + 17, title, { weight: 600 })}`;
}

interface LabelStyle {
  readonly size?: number;
  readonly color?: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: number;
  readonly mono?: boolean;
}

export function label(x: number, y: number, text: string, style: LabelStyle = {}): string {
  const { size = 11, color = INK, anchor = 'start', weight = 400, mono = false } = style;
  const font = mono ? ` font-family='${MONO}'` : '';
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${color}" text-anchor="${anchor}" font-weight="${weight}"${font}>${escapeXml(text)}</text>`;
}

export function chipWidth(name: string): number {
  return Math.round(name.length * CHARACTER + 16);
}

export const CHIP_HEIGHT = 24;

/** A step. The step in which the lane sleeps is filled in the server's colour. */
export function chip(x: number, y: number, name: string, accent: string | null): string {
  const width = chipWidth(name);
  const frame = accent
    ? `fill="${accent}" fill-opacity="0.22" stroke="${accent}" stroke-width="2"`
    : `fill="${PAPER}" stroke="${MUTED}"`;
  const middle = { anchor: 'middle', mono: true } as const;
  return `<rect x="${x}" y="${y}" width="${width}" height="${CHIP_HEIGHT}" rx="5" ${frame}/>${label(x + width / 2, y + 16, name, middle)}`;
}

export function arrow(x1: number, y1: number, x2: number, y2: number): string {
  const sign = Math.sign(x2 - x1);
  return `<path d="M${x1} ${y1}L${x2 - 4 * sign} ${y2}" fill="none" stroke="${MUTED}" stroke-width="1.3"/>${head(x2, y2, sign)}`;
}

function head(x: number, y: number, sign: number): string {
  return `<path d="M${x} ${y}l${-7 * sign} -3.5v7z" fill="${MUTED}"/>`;
}

/** From a lane's last step back to its first. */
export function backAround(from: number, to: number, bottom: number, depth = 10): string {
  const y = bottom + depth;
  return `<path d="M${from} ${bottom}V${y - 5}q0 5 -5 5H${to + 5}q-5 0 -5 -5V${bottom + 5}" fill="none" stroke="${MUTED}" stroke-width="1.3"/><path d="M${to} ${bottom}l-3.5 7h7z" fill="${MUTED}"/>`;
}

/** From the end of a lane down and back to the name of the lane that it starts. */
export function begins(from: Point, right: number, to: Point): string {
  const path = `M${from.x} ${from.y}H${right}V${to.y}H${to.x + 5}`;
  return `<path d="${path}" fill="none" stroke="${MUTED}" stroke-width="1.3" stroke-dasharray="3 2"/>${head(to.x, to.y, -1)}`;
}

/** From one point to several points below each other, along a shared line. */
export function bus(from: Point, at: number, to: readonly Point[]): string {
  const ys = [from.y, ...to.map(({ y }) => y)];
  const stroke = `fill="none" stroke="${MUTED}" stroke-width="1.3"`;
  const trunk = `<path d="M${from.x} ${from.y}H${at}M${at} ${Math.min(...ys)}V${Math.max(...ys)}" ${stroke}/>`;
  return trunk + to.map(({ x, y }) => arrow(at, y, x, y)).join('');
}

/** Approximate width of a name at 10.5 px. */
export function nameWidth(text: string): number {
  return Math.round(text.length * 5.9);
}
