/** A graph of the report: when it applies, its specification, and its caption. */
import type { Study } from '../study/study.js';

/** A Vega-Lite specification. Vega-Lite's own types are too general to check these. */
export type Spec = Readonly<Record<string, unknown>>;

export interface Chart {
  /** The name of its file. */
  readonly id: string;
  title(study: Study): string;
  caption(study: Study): string;
  applies(study: Study): boolean;
  spec(study: Study): Spec;
}
