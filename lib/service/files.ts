/** The file service on Node's own sockets; its wire formats are those of native/service/files. */
import { native } from '../native.js';
import { base64Wire } from './files/base64-wire.js';
import { rawWire } from './files/raw-wire.js';
import { serveFiles } from './files/serve.js';
import { Storage } from './files/storage.js';
import type { Service } from './service.js';

/** Throws if the directory `storage` can't be used. */
export function files(options: Readonly<Record<string, string>>): Service {
  const wire = options.wire === 'raw' ? rawWire : base64Wire;
  const largest = Number(options.largest ?? native.serviceLimits('files').largest);
  const storage = new Storage(options.storage ?? '');
  return {
    serve: (socket, tally, transfers) =>
      serveFiles({ socket, wire, storage, largest, tally, transfers }),
    close: () => storage.close(),
  };
}
