/** Compiles the small programs that c10k is compared with, as binding.gyp compiles the addon. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** From dist/test/overhead. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const FLAGS = ['-std=c++20', '-O2', '-Wall', '-Wextra', '-Inative'];

/** The path of the program. */
export function compile(name: string, sources: readonly string[]): string {
  const program = join(ROOT, 'build', name);
  mkdirSync(join(ROOT, 'build'), { recursive: true });
  const args = [...FLAGS, ...sources, '-o', program];
  execFileSync(process.env.CXX ?? 'c++', args, { cwd: ROOT, stdio: 'inherit' });
  return program;
}
