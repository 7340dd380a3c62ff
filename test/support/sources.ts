/** The sources of both languages, and which files each uses. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT: string = fileURLToPath(new URL('../../..', import.meta.url));

export function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((name) => ending.test(name));
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

export function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, specifier = '']) =>
    relative(ROOT, join(ROOT, dirname(file), specifier)).replace(/\.(c?)js$/, '.$1ts'),
  );
}

export const SOURCES = [...filesBelow('lib', /\.c?ts$/), ...filesBelow('bench', /\.ts$/)];
export const CPP_SOURCES = filesBelow('native', /\.(cc|h)$/);

export function includesOf(file: string): string[] {
  return [...read(file).matchAll(/#include "([^"]+)"/g)].map(([, name]) => `native/${name}`);
}
