/** The TCP congestion controls that this process can set for its sockets: tcp(7). */
import { native } from '../native.js';
import { readTcpSettings } from './tcp-settings.js';

/** Always in the kernel. */
const BUILT_IN = ['reno'];

export interface CongestionControls {
  readonly available: readonly string[];
  /** Without CAP_NET_ADMIN, only those of net.ipv4.tcp_allowed_congestion_control. */
  readonly permitted: readonly string[];
}

export function readCongestionControls(): CongestionControls {
  const available = readTcpSettings().availableCongestionControls ?? BUILT_IN;
  return { available, permitted: available.filter(native.maySetCongestion) };
}
