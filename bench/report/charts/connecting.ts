/** Before the first answer: how long a connection took, and how long its first echo. */
import { joined, onCells, onMerging } from './caveats.js';
import type { Chart } from './chart.js';
import { cumulative, type Get, hasDistribution } from './curves.js';

function chart(id: string, title: string, axis: string, get: Get, what: string): Chart {
  return {
    id,
    title,
    applies: (study) => study.measured.some((cell) => hasDistribution(cell, get)),
    caption: (study) => joined(what, onMerging(study), onCells(study)),
    spec: (study) => cumulative(study, get, axis),
  };
}

export const connectTime = chart(
  'connect-time',
  'Connect time',
  'connect time (log)',
  (measurement) => measurement.connect,
  'From connect() until the connection is established. On loopback the kernel establishes it; the server shows here only by leaving too few CPUs or too short an accept queue. A step at 1 s is a SYN that was sent again.',
);

export const firstEcho = chart(
  'first-echo',
  'Time to first echo',
  'time to first echo (log)',
  (measurement) => measurement.firstEcho,
  'From when a connection was free to send to its first echo: with the barrier all connections send at one instant, and the last waits for all others.',
);
