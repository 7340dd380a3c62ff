/** User memory per idle connection, at the server and at the client. */
import { type LoadSpec, splitLoad } from '../../lib/load/client.js';
import type { ClientMethods } from '../../lib/load/client-process.js';
import { native } from '../../lib/native.js';
import type { NativeLoadSpec } from '../../lib/native-data.js';
import { spawnRemote } from '../../lib/remote.js';
import { parseKilobytes, readText } from '../../lib/system/procfs.js';
import { loadOn, startEcho } from './trial.js';

const CLIENT = new URL('../../lib/load/client-process.js', import.meta.url);

export interface BytesPerConnection {
  readonly server: number;
  readonly client: number;
}

/** Opens `idle` connections that never send, and compares both sides before and after. */
export async function bytesPerConnection(model: string, idle: number): Promise<BytesPerConnection> {
  const server = await startEcho(model);
  const load = loadOn(server, { connections: 0, idle });
  const client = spawnRemote<ClientMethods>(CLIENT, { name: 'client process', cpus: load.cpus });
  const [serverPid] = server.pids as [number];
  try {
    await client.call('ready');
    const before = { server: memoryOf(serverPid), client: memoryOf(client.pid) };
    await client.call('start', onlyPart(load));
    await client.call('connected');
    const after = { server: memoryOf(serverPid), client: memoryOf(client.pid) };
    await client.call('abort');
    await client.call('finish');
    return {
      server: (after.server - before.server) / idle,
      client: (after.client - before.client) / idle,
    };
  } finally {
    client.kill();
    await server.stop();
  }
}

function onlyPart(load: LoadSpec): NativeLoadSpec {
  return splitLoad(load, native.now())[0] as NativeLoadSpec;
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
