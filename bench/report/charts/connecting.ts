/** Connect time, and time to the first answer. */
import type { Study } from '../study/study.js';
import { joined, onCells, onMerging } from './caveats.js';
import type { Chart } from './chart.js';
import { cumulative, type Get, hasDistribution } from './curves.js';

type Words = (study: Study) => string;

function chart(id: string, title: Words, axis: Words, get: Get, what: Words): Chart {
  return {
    id,
    title,
    applies: (study) => study.measured.some((cell) => hasDistribution(cell, get)),
    caption: (study) => joined(what(study), onMerging(study), onCells(study)),
    spec: (study) => cumulative(study, get, axis(study)),
  };
}

export const connectTime = chart(
  'connect-time',
  () => 'Connect time',
  () => 'connect time (log)',
  (measurement) => measurement.connect,
  () =>
    'From connect() until the connection is established. On loopback the kernel establishes it; the server affects it only if it leaves too little CPU time or its accept queue is too short. A step at 1 s is a retransmitted SYN.',
);

export const firstAnswer = chart(
  'first-answer',
  ({ wording }) => `Time to first ${wording.answer}`,
  ({ wording }) => `time to first ${wording.answer} (log)`,
  (measurement) => measurement.firstAnswer,
  ({ wording }) =>
    `From when a connection was free to send to its first ${wording.answer}: with the barrier all connections send at the same instant, and the last one waits for all others.`,
);
