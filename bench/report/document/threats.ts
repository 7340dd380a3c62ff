/** What may mislead in this very run; what doesn't apply to it isn't listed. */
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
        text: 'What may mislead in this run, found in its own records; what doesn’t apply to it is left out.',
      },
      { kind: 'list', items },
    ],
  };
}
