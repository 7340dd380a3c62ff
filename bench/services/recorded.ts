/** Which transfers get a row each: those that are few, because they are large. */
import type { ServiceLoad } from './service.js';

/** Bytes of a transfer: a server makes some thousands of these per second. */
const LEAST = 1e6;

export function areRecorded({ exchangeBytes }: ServiceLoad): boolean {
  return exchangeBytes >= LEAST;
}
