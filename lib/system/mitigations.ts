/** The kernel's mitigations of CPU vulnerabilities: /sys/devices/system/cpu/vulnerabilities. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './procfs.js';

/** The kernel's text for each vulnerability of this CPU. */
export type Mitigations = Readonly<Record<string, string>>;

const NOT_AFFECTED = 'Not affected';

/** Null if the kernel doesn't report them. */
export function readMitigations(
  directory = '/sys/devices/system/cpu/vulnerabilities',
): Mitigations | null {
  try {
    const texts = readdirSync(directory)
      .sort()
      .map((name) => [name, readText(join(directory, name))?.trim() ?? ''] as const);
    return Object.fromEntries(texts.filter(([, text]) => text !== '' && text !== NOT_AFFECTED));
  } catch {
    return null;
  }
}

/** The names of mitigated and of unmitigated vulnerabilities. */
export function condensed(mitigations: Mitigations) {
  const isMitigated = (text: string) => text.startsWith('Mitigation');
  const names = Object.keys(mitigations);
  return {
    mitigated: names.filter((name) => isMitigated(mitigations[name] ?? '')),
    vulnerable: names.filter((name) => !isMitigated(mitigations[name] ?? '')),
  };
}
