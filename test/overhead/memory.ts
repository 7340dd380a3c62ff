/** User memory per idle connection, at the server and at the client. */
import { startClient } from '../../lib/load/client.js';
import { parseKilobytes, readText } from '../../lib/system/procfs.js';
import { loadOn, startEcho } from './trial.js';

export interface BytesPerConnection {
  readonly server: number;
  readonly client: number;
}

/** Opens `idle` connections that never send, and compares both sides before and after. */
export async function bytesPerConnection(model: string, idle: number): Promise<BytesPerConnection> {
  const server = await startEcho(model);
  const load = loadOn(server, { connections: 0, idle });
  const client = await startClient(load);
  const [serverPid] = server.pids as [number];
  const [clientPid] = client.cpuSource.pids as [number];
  try {
    const before = { server: memoryOf(serverPid), client: memoryOf(clientPid) };
    await client.start();
    await client.connected();
    const after = { server: memoryOf(serverPid), client: memoryOf(clientPid) };
    await client.abort();
    await client.finish();
    return {
      server: (after.server - before.server) / idle,
      client: (after.client - before.client) / idle,
    };
  } finally {
    client.kill();
    await server.stop();
  }
}

/**
 * The anonymous part of the proportional set size. The rest is file pages, whose share changes
 * whenever any other process that runs the same Node.js starts or ends.
 */
function memoryOf(pid: number): number {
  const bytes = parseKilobytes(readText(`/proc/${pid}/smaps_rollup`), 'Pss_Anon');
  if (bytes === null) throw new Error(`no Pss_Anon in /proc/${pid}/smaps_rollup`);
  return bytes;
}
