/** The load beside the measured one, as all services have it. */

/** Requests per second, each on a new connection: few, so that they hardly load the server. */
export const BESIDE_RATE = 50;
