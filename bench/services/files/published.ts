/** Others' figures for pools of file servers: a course's assignment with two modes, 54 cells each. */
import type { PublishedCell, PublishedCells } from '../published.js';

const MIB = 2 ** 20;
const CLIENTS = [1, 5, 50] as const;

/** Seconds in all, and bytes per second "per client". */
type Result = readonly [totalS: number, rate: number];

/** Of 1, 5 and 50 clients; the size is in MiB, published as MB. */
type Line = readonly [
  workers: number,
  operation: string,
  size: number,
  one: Result,
  five: Result,
  fifty: Result,
];

const THREADS: readonly Line[] = [
  [1, 'upload', 10, [3.73, 2808326], [22.19, 1890196], [247.06, 2037203]],
  [1, 'upload', 50, [18.23, 2876102], [94.32, 2223482], [1303.06, 1931284]],
  [1, 'upload', 100, [36.38, 2881893], [199.43, 2103122], [2543.77, 1978626]],
  [1, 'download', 10, [2.68, 3907709], [15.59, 2689680], [216.48, 2325009]],
  [1, 'download', 50, [14.58, 3596855], [76.67, 2735189], [952.15, 2643057]],
  [1, 'download', 100, [27.56, 3804226], [151.56, 2767430], [2217.18, 2270074]],
  [5, 'upload', 10, [1.91, 5488517], [10.11, 4146628], [134.67, 3737300]],
  [5, 'upload', 50, [8.2, 6396374], [56.77, 3694241], [684.93, 3674198]],
  [5, 'upload', 100, [17.61, 5954610], [98.49, 4258601], [1298.05, 3877483]],
  [5, 'download', 10, [1.43, 7357951], [7.58, 5535097], [103.42, 4866635]],
  [5, 'download', 50, [6.8, 7707470], [38.55, 5440755], [482.4, 5216824]],
  [5, 'download', 100, [15.06, 6964906], [76.66, 5471586], [958.58, 5250649]],
  [50, 'upload', 10, [1.4, 7477658], [8.77, 4782436], [108.73, 4628986]],
  [50, 'upload', 50, [7.33, 7152246], [41.98, 4995424], [577.4, 4358471]],
  [50, 'upload', 100, [15.27, 6868308], [87.28, 4805618], [1105.83, 4551490]],
  [50, 'download', 10, [1.26, 8351224], [7.09, 5916508], [88.19, 5707194]],
  [50, 'download', 50, [6.73, 7791613], [33.23, 6310932], [467.81, 5379512]],
  [50, 'download', 100, [11.8, 8888381], [66.91, 6268760], [861.09, 5845130]],
];

const PROCESSES: readonly Line[] = [
  [1, 'upload', 10, [5.09, 2058193], [28.64, 1464433], [394.1, 1223913]],
  [1, 'upload', 50, [27.3, 2112167], [165.22, 1396235], [1714.86, 1547005]],
  [1, 'upload', 100, [48.2, 2392734], [271.42, 1699842], [4009.2, 1323403]],
  [1, 'download', 10, [3.95, 2651274], [23.53, 1782446], [291.87, 1652626]],
  [1, 'download', 50, [18.97, 3040310], [122.76, 1879127], [1540.12, 1722530]],
  [1, 'download', 100, [43.14, 2673705], [268.73, 1716879], [2753.6, 1926857]],
  [5, 'upload', 10, [2.12, 4943886], [13.98, 2999693], [155.45, 3102865]],
  [5, 'upload', 50, [11.43, 5036430], [57.13, 4038061], [731.99, 3624226]],
  [5, 'upload', 100, [21.11, 5465045], [129.03, 3575727], [1655.77, 3204429]],
  [5, 'download', 10, [1.72, 6107775], [11.1, 3770660], [128.83, 3744014]],
  [5, 'download', 50, [9.44, 6110062], [56.24, 4102097], [790.84, 3354525]],
  [5, 'download', 100, [17.41, 6626805], [124.17, 3715710], [1425.2, 3722832]],
  [50, 'upload', 10, [1.78, 5905371], [10.36, 4047356], [126.94, 3799796]],
  [50, 'upload', 50, [7.57, 7617439], [46.14, 4999304], [609.59, 4351966]],
  [50, 'upload', 100, [19.77, 5833601], [106.63, 4326978], [1125.43, 4714478]],
  [50, 'download', 10, [1.59, 6585933], [8.05, 5207507], [118.33, 4076361]],
  [50, 'download', 50, [7.07, 8157148], [49.74, 4638278], [496.14, 5347080]],
  [50, 'download', 100, [16.18, 7128389], [86.58, 5328937], [1020.56, 5198883]],
];

/** Clients that failed, of 1, 5 and 50: the same in all rows of a mode. */
const FAILED = { 'thread-pool': [0, 1, 2], 'process-pool': [0, 1, 4] } as const;

function cellsOf(server: keyof typeof FAILED, lines: readonly Line[]): readonly PublishedCell[] {
  return lines.flatMap(([workers, operation, size, ...results]) =>
    results.map(([totalS, rate], i) => ({
      ...{ server, workers, totalS, rate },
      connections: CLIENTS[i] as number,
      factors: { operation, size: size * MIB },
      failed: FAILED[server][i] as number,
    })),
  );
}

export const PUBLISHED: PublishedCells = {
  source: 'report on a course’s file server, with a pool of threads and a pool of processes',
  remarks: [
    'What is published as MB is MiB, and what is published as the throughput of a client is that of all clients together: multiplied by the total time, and divided by the number of clients that succeeded, it gives the column “implied size”.',
    'For the thread pool the implied size is that of the file. For the process pool it is 55.0 and 110.0 MiB in every row of 50 and 100 MiB, although all clients are said to have transferred the same files.',
    'The failures depend on the number of clients alone: none of 1, 1 of 5, and 2 or 4 of 50, whatever the size, the operation and the number of workers.',
    'That server searched all that it had received for the end of a command after every 32 bytes, which takes time proportional to the square of the size. It also changed the contents of uploads to lower case, and reported success.',
  ],
  figures: [...cellsOf('thread-pool', THREADS), ...cellsOf('process-pool', PROCESSES)],
};
