// The client's workload: lifetimes of connections and the messages they send.

/** The minimum lifetime of a connection; its messages are spread over it. */
export type Lifetime =
  /** The connection closes after its last answer. */
  | { readonly kind: 'none' }
  /** Every connection lives `ns` nanoseconds. */
  | { readonly kind: 'fixed'; readonly ns: number }
  /** Uniformly distributed from `lowNs` to `highNs` nanoseconds, both included. */
  | { readonly kind: 'uniform'; readonly lowNs: number; readonly highNs: number }
  /** Exponentially distributed with a mean of `meanNs` nanoseconds. */
  | { readonly kind: 'exponential'; readonly meanNs: number };
