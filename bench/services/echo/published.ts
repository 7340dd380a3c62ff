/** Others' figures for a ramp of connections to an echo server. */
import type { Published } from '../published.js';

const EXERCISE = 'report on a course’s comparison of thread, select and epoll servers';

export const PUBLISHED: readonly Published[] = [
  {
    source: `${EXERCISE}, first`,
    ...{ year: null, machine: null, measured: 'connections sustained' },
    connections: { threads: 5767, select: 33_994, epoll: 131_066 },
  },
  {
    source: `${EXERCISE}, second`,
    ...{ year: null, machine: null, measured: 'connections sustained' },
    connections: { threads: 3100, select: 18_000, epoll: 20_024 },
  },
  {
    source: `${EXERCISE}, third`,
    ...{ year: null, machine: null },
    measured: 'clients, with 364,000 requests in 10 s; no difference between the servers',
    connections: { threads: 28_000, select: 28_000, epoll: 28_000 },
  },
  {
    source:
      'github.com/mvouve, COMP8005.SelectScalableServer and COMP8005.EPollScalableServer, README.md',
    year: 2016,
    machine: 'not stated; Fedora 22 and Manjaro 15, Go 1.5',
    measured: 'concurrent connections sustained, at least',
    connections: { select: 40_000, epoll: 40_000 },
  },
];
