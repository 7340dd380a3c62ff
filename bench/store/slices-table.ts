/** slices.csv: one row per stretch of traffic. A trial's ratio to the control is computed from these. */
import { stringify } from 'csv-stringify/sync';
import type { Stretch } from '../run/stretches.js';

/** `started`: when the server began to listen, ns on CLOCK_MONOTONIC; times are relative to it. */
export function slicesTable(stretches: readonly Stretch[], started: number): string {
  const ms = (instant: number | null) =>
    instant === null ? null : Math.round((instant - started) / 1000) / 1000;
  const us = (ns: number | null) => (ns === null ? null : Math.round(ns) / 1000);
  const rows = stretches.map((stretch, i) => ({
    slice: i + 1,
    side: stretch.side,
    opened_ms: ms(stretch.opened),
    from_ms: ms(stretch.from),
    to_ms: ms(stretch.to),
    drained_ms: ms(stretch.drained),
    connections: stretch.connections,
    requests: Math.round(stretch.requests),
    work: Math.round(stretch.work),
    server_cpu_us: us(stretch.serverNs),
    client_cpu_us: us(stretch.clientNs),
    idle_server_cpu_us: us(stretch.idleNs),
  }));
  return stringify(rows, { header: true });
}
