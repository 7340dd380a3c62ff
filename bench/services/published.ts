/** Others' figures, for context: no verdict uses them. */
import type { FactorValues } from '../schema/service-load.js';

/** What the published servers have in common with models of the catalog. */
export type Kind = 'threads' | 'select' | 'epoll';

export const KINDS: Readonly<Record<Kind, readonly string[]>> = {
  threads: ['threads'],
  select: ['select', 'select-wide'],
  epoll: ['epoll', 'epoll-lt'],
};

/** For a ramp of connections. */
export interface Published {
  readonly source: string;
  /** Null: not stated, here and in `machine`. */
  readonly year: number | null;
  readonly machine: string | null;
  /** What the connections are a count of. */
  readonly measured: string;
  readonly connections: Readonly<Partial<Record<Kind, number>>>;
}

/** The kinds of a run's servers that have a published figure. */
export function kindsOf(servers: readonly string[], published: readonly Published[]): Kind[] {
  return (Object.keys(KINDS) as Kind[]).filter(
    (kind) =>
      KINDS[kind].some((model) => servers.includes(model)) &&
      published.some(({ connections }) => kind in connections),
  );
}

/** For single cells with a fixed number of requests. */
export interface PublishedCells {
  readonly source: string;
  /** What the figures are, and why they can't be what they are said to be: a paragraph each. */
  readonly remarks: readonly string[];
  readonly figures: readonly PublishedCell[];
}

export interface PublishedCell {
  /** The model that is most like the published server. */
  readonly server: string;
  readonly workers: number;
  readonly connections: number;
  readonly factors: FactorValues;
  /** Clients that failed. */
  readonly failed: number;
  readonly totalS: number;
  /** Work per second, as published. */
  readonly rate: number;
}
