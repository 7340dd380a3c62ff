/** The graphs of a report, in their order. To add one: a file here, and its name in this list. */
import type { Chart } from './chart.js';
import { connectTime, firstAnswer } from './connecting.js';
import { drift } from './drift.js';
import { fairness } from './fairness.js';
import { heatMap } from './heat-map.js';
import { latencyCdf, latencyTail, p99 } from './latency.js';
import { overTime } from './over-time.js';
import { inFewPanels } from './panels.js';
import { partsOfTime } from './parts-of-time.js';
import { efficiency, ratioToControl, throughput } from './performance.js';
import { poolQueueing, poolThroughput, poolTime } from './pool-maps.js';
import { ranking } from './ranking.js';
import { cpuSplit, systemCalls } from './work.js';

export const charts: readonly Chart[] = [
  inFewPanels(ranking),
  efficiency,
  throughput,
  ratioToControl,
  heatMap,
  poolTime,
  poolThroughput,
  poolQueueing,
  inFewPanels(partsOfTime),
  p99,
  inFewPanels(latencyTail),
  inFewPanels(latencyCdf),
  inFewPanels(fairness),
  inFewPanels(firstAnswer),
  inFewPanels(connectTime),
  inFewPanels(overTime),
  inFewPanels(cpuSplit),
  inFewPanels(systemCalls),
  drift,
];
