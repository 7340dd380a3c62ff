/** The figures of the whole server under test, from those of its parts. Pure. */
import { type Counts, sumCounts } from '../lib/account/counts.js';
import { sumKnown, sumOf } from '../lib/sums.js';
import type { CpuUse, Measurement, RoleFigures } from './record.js';

/** The sums over its parts; null if one is unknown. */
export function wholeServer({ roles }: Pick<Measurement, 'roles'>): RoleFigures {
  const parts = Object.values(roles);
  return {
    cpu: sumCpu(parts.map(({ cpu }) => cpu)),
    counts: countsOf(parts.map(({ counts }) => counts)),
    memory: {
      pssBytes: sumKnown(parts.map(({ memory }) => memory.pssBytes)),
      bytesPerConnection: sumKnown(parts.map(({ memory }) => memory.bytesPerConnection)),
    },
    threads: sumKnown(parts.map(({ threads }) => threads)),
  };
}

function sumCpu(parts: readonly (CpuUse | null)[]): CpuUse | null {
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length) return null;
  return {
    userS: sumOf(known, ({ userS }) => userS),
    systemS: sumOf(known, ({ systemS }) => systemS),
    busy: sumOf(known, ({ busy }) => busy),
    voluntarySwitches: sumOf(known, ({ voluntarySwitches }) => voluntarySwitches),
    involuntarySwitches: sumOf(known, ({ involuntarySwitches }) => involuntarySwitches),
  };
}

/** Requests are not added up, because each may pass through several parts. */
function countsOf(parts: readonly (Counts | null)[]): Counts | null {
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length) return null;
  const requests = known.flatMap((part) => part.requests ?? []);
  return {
    ...sumCounts(known),
    requests: requests.length === 0 ? null : Math.max(...requests),
  };
}
