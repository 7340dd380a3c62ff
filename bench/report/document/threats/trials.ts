/** Threats from the trials: too few, not valid, not run. */

import { nextLevel } from '../../../plan/ramp.js';
import { testedPairs, verdictsBy } from '../../../statistics/verdicts.js';
import { count } from '../../../text/format.js';
import { nameOf } from '../../charts/caveats.js';
import type { Study, StudyCell } from '../../study/study.js';
import type { Item } from '../../text/blocks.js';
import { listed } from '../../text/phrases.js';
import { share } from './words.js';

export function fromTheTrials(study: Study): Item[] {
  return [...sample(study), ...gaps(study)];
}

/** Whether there are enough blocks. */
function sample(study: Study): Item[] {
  const trials = mostTrials(study);
  if (trials === 1)
    return [
      {
        head: 'One trial',
        text: 'No cell was measured more than once. The variation between trials is unknown: no interval includes it, and no verdict is possible.',
      },
    ];
  const pairs = verdictsBy('efficiency', study.verdicts)
    .flatMap(testedPairs)
    .filter(({ low }) => low !== null);
  if (pairs.length === 0 || trials >= MANY_BLOCKS) return [];
  return [
    {
      head: 'Few blocks',
      text: `An interval from ${count(trials, 'block')} assumes that the logarithms of the ratios are about normally distributed. More blocks make the interval narrower and the assumption less important.`,
    },
  ];
}

/** From this number on the sample size is no threat. */
const MANY_BLOCKS = 20;

function mostTrials({ cells }: Study): number {
  return Math.max(0, ...cells.map(({ records }) => records.length));
}

/** Planned trials that are missing or invalid. */
function gaps(study: Study): Item[] {
  const { cells, measured, run } = study;
  const items: Item[] = [];
  const { blocks, stopping } = run.plan;
  // A run that ends by a stopping rule is incomplete only if its last block is.
  const wanted = stopping.kind === 'blocks' ? blocks : mostTrials(study);
  const planned = cells.filter(({ cell }) => cell.skipped === null);
  const short = planned.filter(({ records }) => records.length < wanted);
  const bad = planned.filter(({ valid, records }) => valid.length < records.length);
  const skipped = cells.filter(({ cell }) => cell.skipped !== null);
  const searching = unfinished(study);
  if (searching.length > 0)
    items.push({
      head: 'Unfinished',
      text: `The ramp ended early: there were further levels to try for ${listed(searching)}.`,
    });
  if (short.length > 0)
    items.push({
      head: 'Incomplete',
      text: `The run ended early: ${share(short, planned)} have fewer than ${count(wanted, 'trial')}.`,
    });
  if (bad.length > 0) items.push({ head: 'Invalid trials', text: invalid(bad) });
  if (skipped.length > 0)
    items.push({
      head: 'Skipped cells',
      text: `${count(skipped.length, 'cell')} couldn’t be run here: ${listed(skipped.map(nameOf))}. A ranking under these loads holds only for the other servers.`,
    });
  if (measured.length === 0) items.push({ head: 'No figure', text: 'No trial is valid.' });
  return items;
}

/** Servers whose answer is not known yet. */
function unfinished({ rampResults, nameOf, run: { ramp } }: Study): readonly string[] {
  if (ramp === null) return [];
  return ramp.servers
    .filter((server) => {
      const tried = rampResults.find((result) => result.server === server)?.tried ?? [];
      return nextLevel(tried, ramp) !== null;
    })
    .map(nameOf);
}

function invalid(bad: readonly StudyCell[]): string {
  const each = bad.map(
    (cell) =>
      `${nameOf(cell)} (${cell.records.length - cell.valid.length} of ${cell.records.length})`,
  );
  return `${listed(each)}. They are left out of medians and graphs; if only some trials of a cell are invalid, the valid ones may be a biased sample.`;
}
