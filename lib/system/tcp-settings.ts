/**
 * The TCP settings of this machine: congestion control and buffer limits, see tcp(7) and socket(7).
 */
import { parseWhole, readText } from './procfs.js';

/** The minimum, initial and maximum size of a socket's buffer, in bytes. */
export interface BufferSizes {
  readonly min: number;
  readonly initial: number;
  readonly max: number;
}

/**
 * Limits on the total pages of all TCP sockets: no memory pressure below `low`, no allocation above
 * `high`.
 */
interface MemoryPages {
  readonly low: number;
  readonly pressure: number;
  readonly high: number;
}

/** Null: this kernel lacks or hides the setting. */
export interface TcpSettings {
  readonly congestionControl: string | null;
  readonly availableCongestionControls: readonly string[] | null;
  readonly receiveBuffer: BufferSizes | null;
  readonly sendBuffer: BufferSizes | null;
  readonly memory: MemoryPages | null;
  /** net.core.rmem_max and wmem_max: the maximum of SO_RCVBUF and SO_SNDBUF. */
  readonly receiveBufferMax: number | null;
  readonly sendBufferMax: number | null;
}

/** Parses three integers, as in tcp_rmem, tcp_wmem and tcp_mem. */
export function parseTriple(text: string | null): readonly [number, number, number] | null {
  const numbers = text?.trim().split(/\s+/).map(parseWhole) ?? [];
  const [a = null, b = null, c = null] = numbers;
  return numbers.length === 3 && a !== null && b !== null && c !== null ? [a, b, c] : null;
}

function readBuffer(name: string): BufferSizes | null {
  const sizes = parseTriple(readText(`/proc/sys/net/ipv4/${name}`));
  return sizes && { min: sizes[0], initial: sizes[1], max: sizes[2] };
}

export function readTcpSettings(): TcpSettings {
  const word = (path: string) => readText(`/proc/sys/net/${path}`)?.trim() || null;
  const pages = parseTriple(readText('/proc/sys/net/ipv4/tcp_mem'));
  return {
    congestionControl: word('ipv4/tcp_congestion_control'),
    availableCongestionControls:
      word('ipv4/tcp_available_congestion_control')?.split(/\s+/) ?? null,
    receiveBuffer: readBuffer('tcp_rmem'),
    sendBuffer: readBuffer('tcp_wmem'),
    memory: pages && { low: pages[0], pressure: pages[1], high: pages[2] },
    receiveBufferMax: parseWhole(word('core/rmem_max')),
    sendBufferMax: parseWhole(word('core/wmem_max')),
  };
}
