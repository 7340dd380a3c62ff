/** The verdict in one sentence or two: what a reader takes away who reads no further. */
import { type LoadVerdict, levelKey, SIGNIFICANT } from '../../statistics/verdicts.js';
import { seriesName } from '../series.js';
import type { Study } from '../study.js';
import { code, strong, type Text, words } from './blocks.js';
import { listed, listedWords, pValue, times } from './phrases.js';

export function headline(study: Study, ranked: readonly LoadVerdict[]): Text {
  const apart = ranked.some(({ pairs }) => pairs.some(({ differs }) => differs));
  if (!apart) return undecided(study, ranked);
  const always = study.series
    .map(({ name }) => name)
    .filter((name) => ranked.every((one) => firsts(one).includes(name)));
  return [
    ...(always.length > 0 ? constant(study, ranked, always) : changing(study, ranked)),
    ...gap(ranked),
  ];
}

/** What varies, in words. */
export function labelOf({ levels }: Study, { load }: LoadVerdict): string {
  return levels.find((level) => levelKey(level) === levelKey(load))?.label ?? '';
}

function firsts({ places }: LoadVerdict): string[] {
  return (places[0] ?? []).map(({ cell }) => seriesName(cell));
}

function undecided({ run }: Study, ranked: readonly LoadVerdict[]): Text {
  const p = Math.min(...ranked.map(({ smallestP }) => smallestP));
  if (p < SIGNIFICANT)
    return ['These trials can’t tell the servers apart: every difference may be chance.'];
  const trials = run.plan.blocks === 1 ? 'one trial' : `${run.plan.blocks} trials`;
  return words`${strong('No ranking can be proved from these data.')} With ${trials} in a cell no two servers can differ at p < ${String(SIGNIFICANT)}: the smallest p possible is ${pValue(p)}. The order below is that of the medians, and what the intervals show is worth reading; ${code('--trials 5')} would settle it.`;
}

function constant(study: Study, ranked: readonly LoadVerdict[], always: readonly string[]): Text {
  const names = listedWords(always.map(strong));
  const where = ranked.length === 1 ? '' : ' under every load';
  const shared = ranked.flatMap((one) => {
    const others = firsts(one).filter((name) => !always.includes(name));
    return others.length === 0 ? [] : `${listed(others)} at ${labelOf(study, one)}`;
  });
  if (shared.length > 0)
    return words`No server is proved to need less CPU time for a request than ${names}${where}; not told apart from the first place: ${shared.join('; ')}.`;
  const verb = always.length > 1 ? 'need' : 'needs';
  const tie = always.length > 1 ? ', and can’t be told apart' : '';
  return words`${names} ${verb} the least server CPU time for a request${where}${tie}.`;
}

function changing(study: Study, ranked: readonly LoadVerdict[]): Text {
  const parts = ranked.map((one) => `${listed(firsts(one))} at ${labelOf(study, one)}`);
  return words`Which server needs the least CPU time for a request depends on the load: ${parts.join('; ')}.`;
}

/** The widest gap that is proved. */
function gap(ranked: readonly LoadVerdict[]): Text {
  const proved = ranked.flatMap(({ places }) =>
    places.flat().flatMap(({ cell, behind }) =>
      behind?.differs && behind.ratio
        ? [
            {
              name: seriesName(cell),
              ratio: behind.ratio.median,
              leader: seriesName(behind.better.cell),
            },
          ]
        : [],
    ),
  );
  const [widest] = proved.sort((a, b) => b.ratio - a.ratio);
  if (!widest) return [];
  return words` The widest gap: ${strong(widest.name)} takes ${times(widest.ratio)} the CPU time of ${strong(widest.leader)} for the same requests.`;
}
