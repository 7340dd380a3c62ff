/**
 * The TCP settings of this machine: congestion control and buffer limits, see tcp(7) and socket(7).
 */
import type { BufferSizes, TcpSettings } from '../schema/environment.js';
import { parseWhole, readText } from './procfs.js';

export type { BufferSizes, TcpSettings };

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
