/** Pools: what each number of workers is good for, and threads against processes. */

import { groupBy } from '../../../lib/group.js';
import { LEAST_BLOCKS } from '../../statistics/paired.js';
import { count, fixed, whole } from '../../text/format.js';
import { type PoolContest, poolContestsOf } from '../study/pool-contests.js';
import { type Fit, fitsOf, poolCells } from '../study/pools.js';
import type { Study } from '../study/study.js';
import { RATIOS, ratiosOf } from '../tables/contests.js';
import { type Block, type Item, paragraph, type Section } from '../text/blocks.js';
import { capital, listed, percent, times } from '../text/phrases.js';

/** From this share of the best throughput on, a number of workers is called as good. */
const AS_GOOD = 0.95;

/** Without blocks unless pools with several numbers of workers were measured. */
export function pools(study: Study): Section {
  const blocks = poolCells(study).length === 0 ? [] : [...fitness(study), ...contest(study)];
  return { id: 'pools', title: 'Pools and their workers', blocks };
}

function fitness(study: Study): Block[] {
  const fits = [...groupBy(fitsOf(study), ({ workers }) => workers).values()];
  return [
    paragraph(
      'A worker of a pool serves one connection to its end. A client for which no worker is free waits in the accept queue. The list gives the throughput of each number of workers relative to the best number of workers under as many clients, as a geometric mean over the pools and the other factors, and the share of its time that a client waited until the server read its request.',
    ),
    { kind: 'list', items: fits.map(itemOf) },
  ];
}

function itemOf(fits: readonly [Fit, ...Fit[]]): Item {
  const figures = fits.map(({ clients, relative, waiting }) => {
    const waited = waiting === null ? '' : `, ${percent(waiting)} waiting`;
    return `${fixed(relative, 2)} with ${count(clients, 'client')}${waited}`;
  });
  return {
    head: count(fits[0].workers, 'worker'),
    text: `${figures.join('; ')}. ${conclusionOf(fits)}`,
  };
}

/** Under which numbers of clients these workers are as good as the best number of them. */
function conclusionOf(fits: readonly Fit[]): string {
  const nearBest = `within ${whole(100 * (1 - AS_GOOD))} % of the best`;
  const good = fits.filter(({ relative }) => relative >= AS_GOOD).map(({ clients }) => clients);
  if (good.length === 0) return `Not ${nearBest} with any number of clients.`;
  const noun = good.length === 1 && good[0] === 1 ? 'client' : 'clients';
  return `${capital(nearBest)} with ${listed(good.map(whole))} ${noun}.`;
}

/** Pools with as many workers against each other. */
function contest(study: Study): Block[] {
  const contests = poolContestsOf(study);
  if (contests.length === 0) return [];
  return [
    paragraph(summary(contests)),
    {
      kind: 'table',
      caption:
        'Pools with the same number of workers under the same number of clients: the ratio of the first to the second, as a geometric mean over the other factors of the trials in the same block, with simultaneous confidence intervals.',
      columns: [
        { title: 'workers', align: 'right' },
        { title: 'clients', align: 'right' },
        { title: 'pair', align: 'left' },
        ...RATIOS,
      ],
      rows: contests.map((one, i) => ({
        begins: one.workers !== contests[i - 1]?.workers,
        cells: [whole(one.workers), whole(one.clients), one.names.join(' / '), ...ratiosOf(one)],
      })),
    },
  ];
}

/** By throughput. */
function summary(contests: readonly PoolContest[]): string {
  const tested = contests.filter(({ throughput }) => throughput.low !== null);
  if (tested.length === 0)
    return `Pools can't be compared: that needs ${LEAST_BLOCKS} blocks with valid trials of both.`;
  const different = tested.filter(({ throughput }) => throughput.verdict === 'different');
  const all = `${count(tested.length, 'combination')} of workers and clients`;
  if (different.length === 0)
    return `The throughput of the pools is not significantly different under any of ${all}.`;
  const each = different.map(
    ({ names: [first, second], throughput: { ratio }, workers, clients }) =>
      `with ${count(workers, 'worker')} and ${count(clients, 'client')} ${first} has ${times(ratio)} the throughput of ${second}`,
  );
  return `The throughput of the pools differs significantly under ${different.length} of ${all}: ${each.join('; ')}.`;
}
