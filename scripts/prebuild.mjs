// Builds the binaries that ship: one pair per platform and libc, good for every Node.js that speaks N-API 8.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const prefix = dirname(dirname(process.execPath));
const env = { ...process.env };
if (existsSync(join(prefix, 'include/node/common.gypi'))) env.npm_config_nodedir = prefix;

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env });
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 1);
}

run('prebuildify', ['--napi', '--strip', '--tag-libc', '-t', process.versions.node]);

// The program of the model `fork` lies beside the addon, under its name: see programPath in lib/native.ts.
const folder = join('prebuilds', `${process.platform}-${process.arch}`);
const writtenAt = (name) => statSync(join(folder, name)).mtimeMs;
const [addon] = readdirSync(folder)
  .filter((name) => name.endsWith('.node'))
  .sort((a, b) => writtenAt(b) - writtenAt(a));
const program = join(folder, addon.replace(/\.node$/, '-fork'));
copyFileSync('build/Release/c10k-fork', program);
run('strip', ['--strip-all', program]);
