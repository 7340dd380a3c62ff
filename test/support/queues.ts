/** The contents of the kernel's TCP queues: /proc/net/tcp, see proc(5). */
import { readText } from '../../lib/system/procfs.js';
import { eventually } from './eventually.js';
import { HOST } from './host.js';

const HEX = 16;
const LISTENING = '0A';

interface Socket {
  /** `0100007F:1F90`: the address as a number in host order, and the port. */
  readonly local: string;
  readonly remote: string;
  readonly state: string;
  /** Bytes that haven't been received, with FIN counted as 1; for a listener, connections to be accepted. */
  readonly waiting: number;
}

function sockets(): Socket[] {
  const lines = (readText('/proc/net/tcp') ?? '').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [, local = '', remote = '', state = '', queues = ''] = line.trim().split(/\s+/);
    return { local, remote, state, waiting: Number.parseInt(queues.split(':')[1] ?? '', HEX) };
  });
}

function hostInHex(): string {
  const [word = 0] = new Uint32Array(Uint8Array.from(HOST.split('.').map(Number)).buffer);
  return word.toString(HEX).toUpperCase().padStart(8, '0');
}

function portOf(endpoint: string): number {
  return Number.parseInt(endpoint.split(':')[1] ?? '', HEX);
}

/** Bytes that arrived at the socket of these two ports and haven't been received. */
export function arrived(localPort: number, remotePort: number): number {
  const socket = sockets().find(
    ({ local, remote }) => portOf(local) === localPort && portOf(remote) === remotePort,
  );
  return socket?.waiting ?? 0;
}

/**
 * Whether a socket is connected to that port of the test's address, or still holds its port. The number is unreliable:
 * while other sockets come and go, /proc/net/tcp may show one twice.
 */
export function isConnectedTo(port: number): boolean {
  const end = `${hostInHex()}:${port.toString(HEX).toUpperCase().padStart(4, '0')}`;
  return sockets().some(({ remote }) => remote === end);
}

/** Resolves when this number of connections wait to be accepted on that port of the test's address. */
export function queued(port: number, connections: number): Promise<void> {
  const address = hostInHex();
  const isListener = ({ local, state }: Socket) =>
    state === LISTENING && local.startsWith(address) && portOf(local) === port;
  return eventually(
    `${connections} wait to be accepted`,
    () => (sockets().find(isListener)?.waiting ?? 0) === connections,
  );
}
