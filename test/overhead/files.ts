/** Measures what the service `files` costs: `npm run bench:files -- [--pairs N] [--seconds S] [--size BYTES] [--transfers N]`. */
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contentOf, IN_MEMORY } from '../../bench/services/files/content.js';
import { nginxModel, whyNoNginx } from './nginx.js';
import { type Cells, print, verdict } from './table.js';
import {
  type Bench,
  compareDownloads,
  compareSizes,
  compareUploads,
} from './transfer-comparisons.js';
import { bytesPerTransfer } from './transfer-memory.js';
import { CPUS } from './trial.js';

/** How much larger one file is than the other. */
const SMALLER = 10;
const MEMORY_MODELS = ['epoll', 'threads', 'io_uring'];
const MOST_BYTES = 256 * 1024;

function options() {
  const { values } = parseArgs({
    options: {
      pairs: { type: 'string', default: '12' },
      seconds: { type: 'string', default: '1' },
      size: { type: 'string', default: '100000000' },
      transfers: { type: 'string', default: '500' },
    },
  });
  const [pairs, size, transfers] = [values.pairs, values.size, values.transfers].map(Number);
  const seconds = Number(values.seconds);
  const whole = (n: number | undefined, least: number): n is number =>
    Number.isInteger(n) && Number(n) >= least;
  if (!whole(pairs, 1)) throw new Error('--pairs: a whole number from 1 on');
  if (!whole(size, SMALLER)) throw new Error(`--size: a whole number from ${SMALLER} on`);
  if (!whole(transfers, 1)) throw new Error('--transfers: a whole number from 1 on');
  if (!(seconds >= 0)) throw new Error('--seconds: a number from 0 on');
  return { pairs, seconds, size, transfers };
}

async function weighTransfers({ storage, smaller: file }: Bench, transfers: number): Promise<void> {
  const rows: Cells[] = [[`KiB per transfer in progress, of ${transfers}`, 'KiB', 'goal']];
  for (const model of MEMORY_MODELS)
    for (const wire of ['raw', 'base64'] as const)
      for (const operation of ['download', 'upload'] as const) {
        const asked = { storage, file, transfers };
        const bytes = await bytesPerTransfer(model, wire, operation, asked);
        const goal = verdict(`≤ ${MOST_BYTES / 1024}`, bytes <= MOST_BYTES);
        rows.push([`${model}, ${operation} in ${wire}`, (bytes / 1024).toFixed(1), goal]);
      }
  print(rows);
}

const asked = options();
const folder = await mkdtemp(join(IN_MEMORY, 'c10k-files-'));
try {
  const storage = join(folder, 'storage');
  await mkdir(storage);
  const file = { name: 'large', bytes: asked.size };
  const smaller = { name: 'small', bytes: Math.round(asked.size / SMALLER) };
  for (const { name, bytes } of [file, smaller])
    await copyFile((await contentOf(bytes)).raw, join(storage, name));
  const reason = whyNoNginx();
  const nginx = reason === null ? nginxModel(folder, storage) : null;
  const bench: Bench = { ...asked, storage, file, smaller, nginx };
  if (CPUS.shared) console.log('One CPU for both sides: figures are rough.');
  if (reason !== null) console.log(`Without nginx: ${reason}`);
  console.log(`${asked.pairs} pairs of ${asked.seconds} s; medians; files of ${asked.size} bytes`);
  console.log(`load average ${loadavg()[0]?.toFixed(2)}\n`);
  await compareDownloads(bench);
  await compareUploads(bench);
  await compareSizes(bench);
  await weighTransfers(bench, asked.transfers);
} finally {
  await rm(folder, { recursive: true });
}
