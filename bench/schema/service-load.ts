/** The schema of one combination of a service's factors, and the options of both halves that it results in. */
import { z } from 'zod';
import { maybeText, number, type Of, text, textByName } from '../../lib/schema/parts.js';

/** Numeric, or a name. */
const factorValue = z.union([number, text]);

/** A load has no value of a factor that doesn't concern it. */
export const factorValues = z.record(text, factorValue).readonly();

export const serviceLoad = z.object({
  factors: factorValues,
  /** Another service that moves the same bytes, in place of the experiment's; null: the experiment's. */
  servedAs: maybeText,
  serviceOptions: textByName,
  protocolOptions: textByName,
  /** Of the client of a small load beside this one; null: none. */
  besideOptions: textByName.nullable(),
  /** Payload bytes of one exchange. */
  exchangeBytes: number,
});

export type FactorValue = Of<typeof factorValue>;
export type FactorValues = Of<typeof factorValues>;
export type ServiceLoad = Of<typeof serviceLoad>;
