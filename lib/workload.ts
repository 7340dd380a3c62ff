// The words of the client's half: how long a connection lives, and what it sends.

/** How long a connection lives at least; its messages are spread over that time. */
export type Lifetime =
  /** It closes as soon as its last answer has come. */
  | { readonly kind: 'none' }
  /** Every connection lives `ns` nanoseconds. */
  | { readonly kind: 'fixed'; readonly ns: number }
  /** Drawn evenly from `lowNs` to `highNs` nanoseconds, both included. */
  | { readonly kind: 'uniform'; readonly lowNs: number; readonly highNs: number }
  /** Drawn from an exponential distribution with a mean of `meanNs` nanoseconds. */
  | { readonly kind: 'exponential'; readonly meanNs: number };

/** What one request carries; the newline that ends a request of the echo service isn't counted. */
export type Message =
  /** The same text every time, sent as UTF-8. */
  | { readonly kind: 'text'; readonly text: string }
  /** Generated: `low` to `high` payload bytes, both included; a fixed size has them equal. */
  | { readonly kind: 'size'; readonly low: number; readonly high: number };
