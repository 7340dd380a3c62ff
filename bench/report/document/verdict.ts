/** The verdict: the answer in words, with the graph and the tables that support it. */
import { atClientCeiling } from '../../statistics/ceiling.js';
import { ALPHA, MARGIN } from '../../statistics/simultaneous.js';
import { type LoadVerdict, rankedOf, testedPairs, verdictsBy } from '../../statistics/verdicts.js';
import { rangeOf } from '../charts/caveats.js';
import type { Study } from '../study/study.js';
import { groupsTable, rankingTable, undecidedTable } from '../tables/ranking.js';
import { type Block, paragraph, type Section, strong, type Text, words } from '../text/blocks.js';
import { capital, listedWords, percent } from '../text/phrases.js';
import { headline } from './headline.js';
import { rampList } from './ramp.js';
import { solo } from './solo.js';

/** `graph`: the graph that supports the verdict. */
export function verdict(study: Study, graph: readonly Block[]): Section {
  const { ramp } = study.run;
  const blocks = ramp === null ? judged(study, graph) : [...rampList(study, ramp), ...graph];
  return { id: 'verdict', title: 'The verdict', blocks };
}

function judged(study: Study, graph: readonly Block[]): Block[] {
  const compared = verdictsBy('efficiency', study.verdicts).filter(
    ({ standings }) => standings.filter(({ figure }) => figure !== null).length > 1,
  );
  if (compared.length === 0) return [...solo(study), ...graph];
  return [
    ...ceiling(study),
    { kind: 'paragraph', lead: true, text: headline(study, compared) },
    ...graph,
    rankingTable(study, compared),
    ...(compared.some((one) => rankedOf(one).length > 1)
      ? [...undecidedTable(study, compared), groupsTable(study), paragraph(method(compared))]
      : []),
  ];
}

/** Servers limited by the client. This comes first, because their throughput can't be ranked. */
function ceiling({ cells, levels, wording }: Study): Block[] {
  const rows = cells.map(({ row }) => row);
  return atClientCeiling(rows).map((some) => {
    const own = cells.filter(({ row }) => some.includes(row));
    const names = listedWords(own.map(({ series }) => strong(series.name)));
    const where = levels.length > 1 ? ` (${own[0]?.level.label})` : '';
    return paragraph(
      words`${names}${where} are limited by the client: it had no CPU left, and each of these servers could serve more. ${capital(wording.rate.text)} do not rank them; ${wording.efficiency} do.`,
    );
  });
}

function method(verdicts: readonly LoadVerdict[]): Text {
  const bases = new Set(verdicts.flatMap(testedPairs).map(({ basis }) => basis));
  const basis = [
    bases.has('control')
      ? 'A sliced trial gives the ratio of its server to the baseline, from slices in which the client alternated between them; two sliced servers are compared by these ratios, block by block.'
      : '',
    bases.has('block')
      ? `${bases.has('control') ? 'Other pairs' : 'Two servers'} are compared by the ratio of their trials in the same block.`
      : '',
  ];
  const level = rangeOf(verdicts.map(({ alpha }) => 1 - alpha)) ?? '';
  const looks = verdicts.some(({ alpha }) => alpha < ALPHA)
    ? ` A run that may end early examines its results several times: with intervals at this level, the error rate of all examinations together is at most ${percent(ALPHA)} of runs.`
    : '';
  return words`${basis.join(' ').trim()} The intervals of a load are simultaneous ${level} confidence intervals (Student’s t on logarithms at Bonferroni’s level).${looks} ${strong('Different')}: the interval of the ratio excludes 1. ${strong('Same')}: it includes 1 and lies between 1/${String(1 + MARGIN)} and ${String(1 + MARGIN)}. Otherwise the pair is ${strong('undecided')}. verdicts.json lists every pair of servers with comparable figures.`;
}
