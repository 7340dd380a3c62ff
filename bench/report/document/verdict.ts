/** The verdict in plain words, and the ranking that it rests on. */

import { atClientCeiling } from '../../statistics/ceiling.js';
import type { Estimate } from '../../statistics/median.js';
import {
  type LoadVerdict,
  type Place,
  type RankedContender,
  SIGNIFICANT,
} from '../../statistics/verdicts.js';
import { compact } from '../format.js';
import { seriesName } from '../series.js';
import type { Study } from '../study.js';
import {
  type Block,
  faint,
  type Inline,
  paragraph,
  type Section,
  strong,
  type TableRow,
  type Text,
  type Words,
  words,
} from './blocks.js';
import { climbs } from './climbs.js';
import { headline, labelOf } from './headline.js';
import { capital, interval, listed, listedWords, pValue, times, withInterval } from './phrases.js';
import { solo } from './solo.js';

/** `graph`: what the verdict rests on, at a glance. */
export function verdict(study: Study, graph: readonly Block[]): Section {
  const { ramp } = study.run;
  const blocks = ramp === null ? judged(study, graph) : [...climbs(study, ramp), ...graph];
  return { id: 'verdict', title: 'The verdict', blocks };
}

function judged(study: Study, graph: readonly Block[]): Block[] {
  const ranked = study.verdicts.filter(({ places }) => places.flat().length > 1);
  if (ranked.length === 0) return [...solo(study), ...graph];
  return [
    ...ceiling(study),
    { kind: 'paragraph', lead: true, text: headline(study, ranked) },
    { kind: 'list', items: ranked.map((one) => itemOf(study, one)) },
    ...graph,
    ...unranked(study),
    paragraph(method(study)),
    ranking(study, ranked),
  ];
}

/** Whose throughput is the client's: said before anything is concluded from it. */
function ceiling({ cells, levels }: Study): Block[] {
  const rows = cells.map(({ row }) => row);
  return atClientCeiling(rows).map((some) => {
    const own = cells.filter(({ row }) => some.includes(row));
    const names = listedWords(own.map(({ series }) => strong(series.name)));
    const where = levels.length > 1 ? ` (${own[0]?.level.label})` : '';
    return paragraph(
      words`${names}${where} sit at the client’s ceiling: it had no CPU left, and each of them could serve more. Their requests per second do not rank them; requests per server-CPU-second do.`,
    );
  });
}

export function nameOf({ cell }: RankedContender): string {
  return seriesName(cell);
}

function itemOf(study: Study, one: LoadVerdict) {
  const [first = [], ...others] = one.places;
  const head = capital(labelOf(study, one));
  if (!one.pairs.some(({ differs }) => differs)) return { head, text: unproved(one) };
  const text = [
    ...leaders(first),
    ...others.flatMap((place) => [' ', ...follower(place)]),
    ...reservations(one),
  ];
  return { head, text };
}

/** Nothing is told apart: the order of the medians, and said to be no more. */
function unproved({ places }: LoadVerdict): Text {
  const [best, ...others] = places.flat();
  if (!best) return [];
  const each = others.flatMap((one): Inline[] => {
    const ratio = one.behind?.ratio;
    return [', ', strong(nameOf(one)), ...(ratio ? [` ${multiple(ratio)}`] : [])];
  });
  return words`By the medians ${strong(nameOf(best))} leads with ${compact(best.efficiency.median)} requests per server-CPU-second; as multiples of its CPU time${each}. No pair is told apart.`;
}

function multiple({ median, low, high }: Estimate): string {
  return low === null ? times(median) : `${times(median)} ${interval(low, high, times)}`;
}

function leaders(place: Place): Text {
  const [best] = place;
  if (!best) return [];
  const figure = compact(best.efficiency.median);
  const names = listedWords(place.map((each) => strong(nameOf(each))));
  if (place.length === 1)
    return words`${names} leads with ${figure} requests per server-CPU-second.`;
  const others = place
    .slice(1)
    .map((each) => `${compact(each.efficiency.median)} (${nameOf(each)})`);
  return words`${names} share the first place: medians of ${figure} (${nameOf(best)}), ${listed(others)} requests per server-CPU-second, which these trials can’t tell apart from the first.`;
}

function follower(place: Place): Text {
  const each = place.map((one): Inline[] => {
    const ratio = one.behind?.ratio;
    if (!ratio) return [strong(nameOf(one))];
    return [strong(nameOf(one)), ` needs ${multiple(ratio)} the leader’s CPU time`];
  });
  return [...each.flatMap((part, i) => (i === 0 ? part : ['; ', ...part])), '.'];
}

/** Not every neighbour of a lower place is told from every one of a higher. */
function reservations({ places }: LoadVerdict): Text {
  const open = places
    .flat()
    .filter(({ unresolved }) => unresolved.length > 0)
    .map(
      (one) => `${nameOf(one)} from ${listed(one.unresolved.map(({ cell }) => seriesName(cell)))}`,
    );
  return open.length === 0 ? [] : [` Not told apart all the same: ${listed(open)}.`];
}

function method({ cells }: Study): Text {
  const sliced = cells.some(({ records }) => records.some((one) => one.measurement?.slices));
  return sliced
    ? words`Each trial alternated between its server and the control, and gave the ratio of their efficiencies. Contenders share a place where these ratios can’t tell them from its first: two differ where the 95 % interval of their quotient, paired by block (Student’s t), excludes 1.`
    : words`Contenders share a place where the data can’t tell them from its first: two differ where Mann and Whitney’s test gives p < ${String(SIGNIFICANT)} and the 95 % bootstrap interval of the ratio, paired by block, excludes 1.`;
}

/** Cells that have no figure to be ranked by. */
function unranked({ cells }: Study): Block[] {
  const lines = cells
    .filter(({ row }) => row.efficiency === null)
    .map(({ series, level, cell, records, row }) => ({
      head: `${series.name} at ${level.label}`,
      text:
        cell.skipped ?? row.problems[0] ?? (records.length === 0 ? 'not run' : 'unknown CPU time'),
    }));
  if (lines.length === 0) return [];
  return [paragraph('Without a place in the ranking:'), { kind: 'list', items: lines }];
}

function ranking(study: Study, ranked: readonly LoadVerdict[]): Block {
  return {
    kind: 'table',
    caption:
      'Ranking by requests per server-CPU-second. “Leader’s multiple” is how many times the leader’s efficiency is this one’s: the CPU time it takes for the same work. Cliff’s δ is 1 where every trial of the leader beats every one of this server.',
    columns: [
      { title: 'load', align: 'left' },
      { title: 'place', align: 'right' },
      { title: 'server', align: 'left' },
      { title: 'requests per server-CPU-second', align: 'right' },
      { title: 'leader’s multiple', align: 'right' },
      { title: 'p', align: 'right' },
      { title: 'Cliff’s δ', align: 'right' },
    ],
    rows: ranked.flatMap((one) => rowsOf(labelOf(study, one), one)),
  };
}

function rowsOf(label: string, { places }: LoadVerdict): TableRow[] {
  let passed = 0;
  const rows = places.flatMap((place) => {
    const rank = `${passed + 1}${place.length > 1 ? '=' : ''}`;
    passed += place.length;
    return place.map((one) => [rank, ...figuresOf(one)]);
  });
  return rows.map((cells, i) => ({ cells: [i === 0 ? label : '', ...cells], begins: i === 0 }));
}

function figuresOf(one: RankedContender): Words[] {
  const { behind } = one;
  return [
    [strong(nameOf(one))],
    withInterval(one.efficiency, compact),
    behind ? withInterval(behind.ratio, times) : [faint('leads')],
    behind ? pValue(behind.p) : '',
    behind ? behind.delta.toFixed(2) : '',
  ];
}
