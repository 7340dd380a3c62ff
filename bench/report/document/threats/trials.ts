/** Threats from the trials: too few, not valid, not run, compared too often. */
import { SIGNIFICANT } from '../../../statistics/verdicts.js';
import type { Study, StudyCell } from '../../study.js';
import type { Item } from '../blocks.js';
import { count, listed, pValue } from '../phrases.js';
import { nameOf, share } from './words.js';

export function fromTheTrials(study: Study): Item[] {
  return [...sample(study), ...gaps(study)];
}

/** How much so many trials can prove. */
function sample({ run, verdicts }: Study): Item[] {
  const { blocks } = run.plan;
  const pairs = verdicts.reduce((sum, one) => sum + one.pairs.length, 0);
  const p = Math.min(1, ...verdicts.map(({ smallestP }) => smallestP));
  if (blocks === 1)
    return [
      {
        head: 'One trial',
        text: 'Each cell was measured once. Nothing here says how much of a difference is chance; no interval and no verdict can be given.',
      },
    ];
  if (pairs === 0) return [];
  const reach =
    p < SIGNIFICANT
      ? 'so that servers can be told apart, but small differences can’t'
      : `which is not below ${SIGNIFICANT}: no two servers can be told apart here, however far apart they are`;
  const few = {
    head: 'Few blocks',
    text:
      p === 0
        ? `An interval over ${count(blocks, 'trial')} supposes that their ratios are spread about normally. More trials make it narrower, and need that less.`
        : `With ${count(blocks, 'trial')} in a cell the smallest p that can come out is ${pValue(p)}, ${reach}. A bootstrap of ${blocks} values is no wider than the values themselves.`,
  };
  const many = {
    head: 'Many comparisons',
    text: `${pairs} pairs were compared, each at p < ${SIGNIFICANT} and uncorrected: were all servers alike, the test alone would call ${(pairs * SIGNIFICANT).toFixed(1)} pairs different by chance. The interval, which must exclude 1 as well, makes it fewer.`,
  };
  return [...(blocks < MANY_BLOCKS ? [few] : []), ...(pairs > 1 && p < SIGNIFICANT ? [many] : [])];
}

/** From here on the sample is no threat of its own. */
const MANY_BLOCKS = 20;

/** What was asked for, and isn't here. */
function gaps({ run, cells, measured }: Study): Item[] {
  const items: Item[] = [];
  const { blocks } = run.plan;
  const planned = cells.filter(({ cell }) => cell.skipped === null);
  const short = planned.filter(({ records }) => records.length < blocks);
  const bad = planned.filter(({ valid, records }) => valid.length < records.length);
  const skipped = cells.filter(({ cell }) => cell.skipped !== null);
  if (short.length > 0)
    items.push({
      head: 'Incomplete',
      text: `The run ended early: ${share(short, planned)} have fewer than ${count(blocks, 'trial')}.`,
    });
  if (bad.length > 0) items.push({ head: 'Invalid trials', text: invalid(bad) });
  if (skipped.length > 0)
    items.push({
      head: 'Skipped cells',
      text: `${count(skipped.length, 'cell')} couldn’t be run here: ${listed(skipped.map(nameOf))}. A ranking under such a load holds for the others alone.`,
    });
  if (measured.length === 0) items.push({ head: 'No figure', text: 'No trial is valid.' });
  return items;
}

function invalid(bad: readonly StudyCell[]): string {
  const each = bad.map(
    (cell) =>
      `${nameOf(cell)} (${cell.records.length - cell.valid.length} of ${cell.records.length})`,
  );
  return `${listed(each)}. They are left out of medians and graphs; where only some of a cell’s trials are invalid, those that remain may be its luckier ones.`;
}
