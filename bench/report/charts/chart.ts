/** A graph of the report: when it has something to show, what it shows, and what to bear in mind. */
import type { Words } from '../document/blocks.js';
import type { Study } from '../study.js';

/** A Vega-Lite specification. Its own types know every form of it, and check almost none of ours. */
export type Spec = Readonly<Record<string, unknown>>;

export interface Chart {
  /** The name of its file. */
  readonly id: string;
  readonly title: string;
  caption(study: Study): Words;
  applies(study: Study): boolean;
  spec(study: Study): Spec;
}
