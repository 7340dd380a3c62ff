/** What the kernel does against faults of the CPU: /sys/devices/system/cpu/vulnerabilities. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from './procfs.js';

/** The kernel's text by the name of each fault that this CPU has. */
export type Mitigations = Readonly<Record<string, string>>;

const NOT_AFFECTED = 'Not affected';

/** Null where the kernel doesn't say. */
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

/** The names of those that are mitigated, and of those that are not. */
export function condensed(mitigations: Mitigations) {
  const isMitigated = (text: string) => text.startsWith('Mitigation');
  const names = Object.keys(mitigations);
  return {
    mitigated: names.filter((name) => isMitigated(mitigations[name] ?? '')),
    vulnerable: names.filter((name) => !isMitigated(mitigations[name] ?? '')),
  };
}
