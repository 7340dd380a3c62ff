// Builds the binary that ships: one per platform and libc, good for every Node.js that speaks N-API 8.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const prefix = dirname(dirname(process.execPath));
const env = { ...process.env };
if (existsSync(join(prefix, 'include/node/common.gypi'))) env.npm_config_nodedir = prefix;

const options = ['--napi', '--strip', '--tag-libc', '-t', process.versions.node];
const { status, error } = spawnSync('prebuildify', options, { stdio: 'inherit', env });
if (error) console.error(error.message);
process.exit(status ?? 1);
