// Takes a shipped prebuild, or builds the addon against the headers beside the running Node.js if it has them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const prefix = dirname(dirname(process.execPath));
const env = { ...process.env };
if (existsSync(join(prefix, 'include/node/common.gypi'))) env.npm_config_nodedir = prefix;

const { status, error } = spawnSync('node-gyp-build', { stdio: 'inherit', shell: true, env });
if (error) console.error(error.message);
process.exit(status ?? 1);
