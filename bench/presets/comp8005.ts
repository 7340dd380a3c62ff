/** The echo comparison of the COMP 8005 assignment: threads, select and epoll with 1000 to 5000 clients. */
import { loadOf } from '../services/echo/echo.js';
import type { Preset } from './preset.js';

const HUNDREDS = [1000, 2000, 3000, 4000, 5000];

export const comp8005: Preset = {
  name: 'comp8005',
  service: 'echo',
  about:
    'test cases 1 to 6: 1000 to 5000 connections × 20 messages of 19 bytes, every model within its limits; select with 1019 connections on one loop and 2000 on two',
  parts: [
    {
      servers: [
        'threads',
        'epoll',
        'epoll-lt',
        'io_uring',
        'io_uring-plain',
        'poll',
        'select-wide',
        'libuv',
      ],
      connections: HUNDREDS,
    },
    // Connections that a pool doesn't serve yet wait in the accept queue, which holds 4096.
    { servers: ['thread-pool', 'process-pool'], connections: HUNDREDS.filter((n) => n <= 4000) },
    // One Worker per connection: near 1600 the process reaches its limit of memory mappings.
    { servers: ['workers'], connections: [1000] },
    { servers: ['select'], connections: [1000, 1019], workers: [1] },
    { servers: ['select'], connections: [2000], workers: [2] },
  ],
  common: { repeat: 20, loads: [loadOf({ kind: 'text', text: 'This is the payload' })] },
};
