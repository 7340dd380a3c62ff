// Takes a shipped prebuild or builds the addon. What was built here before, or --build, is brought up to date.
// Builds against the headers beside the running Node.js where it has them: nothing is downloaded then.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const prefix = dirname(dirname(process.execPath));
const env = { ...process.env };
if (existsSync(join(prefix, 'include/node/common.gypi'))) env.npm_config_nodedir = prefix;

const command =
  process.argv.includes('--build') || existsSync('build/Release')
    ? 'node-gyp configure build --jobs max'
    : 'node-gyp-build';
const { status, error } = spawnSync(command, { stdio: 'inherit', shell: true, env });
if (error) console.error(error.message);
process.exit(status ?? 1);
