/** Others' figures for a ramp of connections, for context: no verdict uses them. */

/** What the published servers have in common with models of the catalog. */
export type Kind = 'threads' | 'select' | 'epoll';

export const KINDS: Readonly<Record<Kind, readonly string[]>> = {
  threads: ['threads'],
  select: ['select', 'select-wide'],
  epoll: ['epoll', 'epoll-lt'],
};

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
