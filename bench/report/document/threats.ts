/** Threats to the validity of this run; those that don't apply are not listed. */
import type { Study } from '../study/study.js';
import type { Section } from '../text/blocks.js';
import { fromTheLoad } from './threats/load.js';
import { fromTheMachine } from './threats/machine.js';
import { fromTheNotes } from './threats/notes.js';
import { fromTheTrials } from './threats/trials.js';

export function threats(study: Study): Section {
  const items = [
    ...fromTheTrials(study),
    ...fromTheLoad(study),
    ...fromTheMachine(study),
    ...fromTheNotes(study),
  ];
  return {
    id: 'threats',
    title: 'Threats to validity',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Possible sources of error, found in the records of this run. Those that don’t apply are not listed.',
      },
      { kind: 'list', items },
    ],
  };
}
