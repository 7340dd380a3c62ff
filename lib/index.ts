/** What c10k is as a library: servers, the client, and the accounts of both. */
export { CATALOG, MODEL_NAMES, modelNamed, type ServerModel } from './catalog.js';
export { type Demand, type Machine, readMachine } from './ceilings.js';
export { type Capacity, capacity, obstacle } from './fits.js';
export { type Client, type LoadReport, type LoadSpec, startClient } from './load/client.js';
export {
  type Distribution,
  distribution,
  type Intervals,
  mergeCounts,
  mergeDistributions,
  type Percentiles,
  type SparseCounts,
  toHistogram,
} from './load/histogram.js';
export { type Reconciliation, reconcile } from './load/reconcile.js';
export { sourceAddresses } from './load/sources.js';
export type { ClientRow } from './load/table.js';
export type { Lifetime, Message } from './load/workload.js';
export { type CountName, type Counts, systemCalls } from './server/counts.js';
export { type Server, type ServerSnapshot, type ServerSpec, startServer } from './server/server.js';
export type { ServerRow } from './server/table.js';
export { type Environment, readEnvironment } from './system/environment.js';
