/** A graph of the report: when it has something to show, what it shows, and what to bear in mind. */
import type { Study } from '../study/study.js';

/** A Vega-Lite specification. Its own types know every form of it, and check almost none of ours. */
export type Spec = Readonly<Record<string, unknown>>;

export interface Chart {
  /** The name of its file. */
  readonly id: string;
  readonly title: string;
  caption(study: Study): string;
  applies(study: Study): boolean;
  spec(study: Study): Spec;
}
