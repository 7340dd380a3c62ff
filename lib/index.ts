/** The library's exports: servers, the client, and the records of both. */

export type { ClientRow } from './account/client-rows.js';
export { type CountName, type Counts, systemCalls } from './account/counts.js';
export {
  type Distribution,
  distribution,
  type Intervals,
  mergeCounts,
  mergeDistributions,
  type Percentiles,
  toHistogram,
} from './account/histogram.js';
export { type Reconciliation, reconcile } from './account/reconcile.js';
export {
  clientAccount,
  reconcileTransfers,
  serverAccount,
  type TransferReconciliation,
} from './account/reconcile-transfers.js';
export type { ServerRow } from './account/server-rows.js';
export type { ClientTransfer, Recorded, ServerTransfer } from './account/transfers.js';
export { type Demand, type Machine, readMachine } from './catalog/ceilings.js';
export { type Capacity, capacity, obstacle } from './catalog/fits.js';
export { CATALOG, MODEL_NAMES, modelNamed, type ServerModel } from './catalog/models.js';
export { type Client, type LoadReport, type LoadSpec, startClient } from './load/client.js';
export { sourceAddresses } from './load/sources.js';
export type { NamedOptions, SparseCounts } from './native-data.js';
export type { Lifetime } from './schema/lifetime.js';
export type { Server, ServerSnapshot, ServerSpec } from './server/server.js';
export { startServer } from './server/start.js';
export { type Environment, readEnvironment } from './system/environment.js';
