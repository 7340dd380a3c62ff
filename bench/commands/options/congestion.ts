/** The option that sets the TCP congestion control, for every command that opens sockets. */
import { isCommand } from '../../../lib/catalog/programs.js';
import { type CongestionControls, readCongestionControls } from '../../../lib/system/congestion.js';
import type { OptionRow } from '../../cli/option.js';
import { refuse, shown, UsageError } from '../../cli/usage-error.js';
import { oneOf } from '../../cli/values.js';

/** The name of a congestion control that this process may set. */
export function congestionControl(
  text: string,
  { available, permitted }: CongestionControls = readCongestionControls(),
): string {
  if (available.includes(text) && !permitted.includes(text))
    refuse(text, 'needs CAP_NET_ADMIN', permitted.join(', '));
  return oneOf(permitted)(text);
}

export const CONGESTION: OptionRow = [
  '--congestion <name>',
  "TCP congestion control of all sockets that c10k opens, e.g. reno (default: the system's)",
  congestionControl,
];

/** Throws UsageError if a server is a program: c10k doesn't open its sockets. */
export function refuseForPrograms(
  congestion: string | undefined,
  servers: readonly string[],
): void {
  const program = servers.find(isCommand);
  if (congestion !== undefined && program !== undefined)
    throw new UsageError(
      `--congestion ${congestion}: can't be set for ${shown(program)}; allowed: server models`,
    );
}
