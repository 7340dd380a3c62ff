/** The file service against other servers of files: bytes per CPU-second, and the time of a file by its size. */
import { type Measured, type Paired, pair } from './paired.js';
import { type Cells, print, ratioCells, verdict } from './table.js';
import {
  type FileServer,
  type Operation,
  receivedByLoop,
  type SizedFile,
  served,
  servedByNginx,
  transferCost,
} from './transfer-trial.js';

/** The receive buffer of the file service. */
const SERVICE_BUFFER = 64 * 1024;
const BUFFERS = [16, 64, 128, 256, 512, 1024, 2048].map((kib) => kib * 1024);
const BUFFER_TRIALS = 3;
const GOALS = {
  nginx: 0.95,
  control: 0.95,
  io_uring: 0.75,
  sameBuffer: 0.9,
  bestBuffer: 0.8,
  sizes: 0.1,
};

export interface Bench {
  readonly pairs: number;
  readonly seconds: number;
  readonly storage: string;
  readonly file: SizedFile;
  readonly smaller: SizedFile;
  /** Null without nginx. */
  readonly nginx: string | null;
}

const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(2);

function efficiencyCells(name: string, paired: Paired<unknown>, goal: number): Cells {
  const met = verdict(`≥ ${goal}`, paired.ratio.median >= goal);
  return [name, gigabytes(paired.a), gigabytes(paired.b), ...ratioCells(paired), met];
}

const costOf = ({ storage, seconds }: Bench, file: SizedFile, server: FileServer) =>
  transferCost(server, storage, { bytes: file.bytes, seconds });

export async function compareDownloads(bench: Bench): Promise<void> {
  const { pairs, file, nginx } = bench;
  const rows: Cells[] = [['download, GB per server-CPU-second', 'a', 'b', 'a/b', '95 %', 'goal']];
  const compare = async (name: string, a: FileServer, b: FileServer, goal: number) => {
    const cost = (server: FileServer) => () => costOf(bench, file, server);
    rows.push(efficiencyCells(name, await pair(pairs, cost(a), cost(b)), goal));
  };
  const epoll = served('epoll', 'download', file);
  if (nginx !== null) await compare('epoll/nginx', epoll, servedByNginx(nginx, file), GOALS.nginx);
  await compare('epoll/control', epoll, served('control', 'download', file), GOALS.control);
  await compare('io_uring/epoll', served('io_uring', 'download', file), epoll, GOALS.io_uring);
  print(rows);
}

/** The size with which the loop receives most per CPU-second. */
async function bestBuffer(bench: Bench): Promise<number> {
  let best = { bytes: 0, value: 0 };
  for (const bytes of BUFFERS) {
    const loop = () => costOf(bench, bench.file, receivedByLoop(bench.file, bytes));
    const { a: value } = await pair(BUFFER_TRIALS, loop, async () => ({ value: 1 }));
    if (value > best.value) best = { bytes, value };
  }
  return best.bytes;
}

export async function compareUploads(bench: Bench): Promise<void> {
  const { pairs, file } = bench;
  const rows: Cells[] = [['upload, GB per server-CPU-second', 'a', 'b', 'a/b', '95 %', 'goal']];
  const best = await bestBuffer(bench);
  const epoll = served('epoll', 'upload', file);
  for (const [buffer, goal] of [
    [SERVICE_BUFFER, GOALS.sameBuffer],
    [best, GOALS.bestBuffer],
  ] as const) {
    const loop = receivedByLoop(file, buffer);
    const result = await pair(
      pairs,
      () => costOf(bench, file, epoll),
      () => costOf(bench, file, loop),
    );
    rows.push(efficiencyCells(`epoll/bare loop, ${buffer / 1024} KiB`, result, goal));
  }
  print(rows);
}

/** How much longer the large file takes than the small one. */
async function timeRatio(
  bench: Bench,
  serverOf: (file: SizedFile) => FileServer,
): Promise<Measured> {
  const times: number[] = [];
  for (const file of [bench.file, bench.smaller]) {
    times.push((await costOf(bench, file, serverOf(file))).secondsEach);
  }
  const [large = Number.NaN, small = Number.NaN] = times;
  return { value: large / small };
}

export async function compareSizes(bench: Bench): Promise<void> {
  const { pairs, nginx } = bench;
  const rows: Cells[] = [['time, large file/small file', 'epoll', 'bare', 'ratio', '95 %', '']];
  const compare = async (
    name: Operation,
    bareOf: (file: SizedFile) => FileServer,
  ): Promise<void> => {
    const paired = await pair(
      pairs,
      () => timeRatio(bench, (file) => served('epoll', name, file)),
      () => timeRatio(bench, bareOf),
    );
    const { a, b, ratio } = paired;
    const met = Math.abs(ratio.median - 1) <= GOALS.sizes;
    const goal = verdict(`1 ± ${GOALS.sizes}`, met);
    rows.push([name, a.toFixed(2), b.toFixed(2), ...ratioCells(paired), goal]);
  };
  if (nginx !== null) await compare('download', (file) => servedByNginx(nginx, file));
  await compare('upload', (file) => receivedByLoop(file, SERVICE_BUFFER));
  print(rows);
}
