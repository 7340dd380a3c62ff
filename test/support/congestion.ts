/** The congestion control of open connections, as ss(8) shows it for both of their ends. */
import { spawnSync } from 'node:child_process';
import { readCongestionControls } from '../../lib/system/congestion.js';
import { readTcpSettings } from '../../lib/system/tcp-settings.js';

const { available, permitted } = readCongestionControls();
const { congestionControl: usual } = readTcpSettings();

/** A congestion control that isn't the default; undefined if there is none. */
export const UNUSUAL = permitted.find((name) => name !== usual);

/** For tap: why the congestion control can't be checked on this machine, or false. */
export const INVISIBLE: string | false =
  (UNUSUAL === undefined && 'there is only one congestion control') ||
  (spawnSync('ss', ['-V']).status !== 0 && 'ss is not installed');

/** The congestion control of each end of each connection to that port. */
export function congestionOf(port: number): readonly string[] {
  const filter = ['state', 'established', `( sport = :${port} or dport = :${port} )`];
  const { stdout, status, stderr } = spawnSync('ss', ['-tiOnH', ...filter], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ss: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/).find((word) => available.includes(word)) ?? line);
}
