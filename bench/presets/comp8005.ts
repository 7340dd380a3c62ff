/** The echo comparison of the COMP 8005 assignment: threads, select and epoll with 1000 to 5000 clients. */
import { loadOf } from '../services/echo/echo.js';
import type { Preset, TestCase } from './preset.js';

const THOUSANDS = [1000, 2000, 3000, 4000, 5000];

function threadsAgainstEpoll(connections: number): TestCase {
  return {
    title: `${connections.toLocaleString('en')} connections, threads against epoll`,
    about:
      'A thread for each connection and one edge-triggered epoll loop, under the same load. The tables of all cells have the other models.',
    servers: ['threads', 'epoll'],
    connections: [connections],
  };
}

export const comp8005: Preset = {
  name: 'comp8005',
  service: 'echo',
  about:
    'test cases 1 to 6: 1000 to 5000 connections × 20 messages of 19 bytes, every model within its limits; select with 1019 connections on one loop and 2000 on two',
  cases: [
    ...THOUSANDS.map(threadsAgainstEpoll),
    {
      title: 'select at its limit on one loop, and beyond it on two',
      about:
        'FD_SETSIZE (1024) limits the descriptors of a select loop, of which 1,019 can be connections. More connections need a second loop.',
      servers: ['select'],
      connections: [1019, 2000],
    },
  ],
  parts: [
    {
      servers: [
        'threads',
        'fork',
        'epoll',
        'epoll-lt',
        'io_uring',
        'io_uring-plain',
        'poll',
        'select-wide',
        'libuv',
      ],
      connections: THOUSANDS,
    },
    // Connections that a pool doesn't serve yet wait in the accept queue, which holds 4096.
    { servers: ['thread-pool', 'process-pool'], connections: THOUSANDS.filter((n) => n <= 4000) },
    // One Worker per connection: near 1600 the process reaches its limit of memory mappings.
    { servers: ['workers'], connections: [1000] },
    { servers: ['select'], connections: [1000, 1019], workers: [1] },
    { servers: ['select'], connections: [2000], workers: [2] },
  ],
  common: { repeat: 20, loads: [loadOf({ kind: 'text', text: 'This is the payload' })] },
};
