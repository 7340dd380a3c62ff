/** Others' figures beside those of the run. */

import { KINDS, type Kind, kindsOf, type Published } from '../../services/published.js';
import { serviceNamed } from '../../services/registry.js';
import { whole } from '../../text/format.js';
import type { Study } from '../study/study.js';
import { type Block, paragraph, type Section, strong, type TableRow } from '../text/blocks.js';
import { besideCells } from './published-cells.js';

/** Without blocks unless a published figure is comparable. */
export function published(study: Study): Section {
  return {
    id: 'published',
    title: 'Published figures',
    blocks: [...besideRamp(study), ...besideCells(study)],
  };
}

function besideRamp(study: Study): Block[] {
  const figures = publishedFor(study);
  const kinds = kindsOf(
    study.rampResults.map(({ server }) => server),
    figures,
  );
  return kinds.length === 0
    ? []
    : [
        paragraph(
          'What others published for the same kind of load, a rising number of connections to a server of the same service. The machines, the servers and the clients differ, and so does what counts as sustained: the figures show the range, and no verdict of this run uses them.',
        ),
        {
          kind: 'table',
          caption:
            'Connections: the highest level that each server held in this run, and published figures. A dash: not measured.',
          columns: [
            { title: 'source', align: 'left' },
            { title: 'year', align: 'left' },
            { title: 'machine', align: 'left' },
            { title: 'measured', align: 'left' },
            ...kinds.map((kind) => ({ title: kind, align: 'right' as const })),
          ],
          rows: [own(study, kinds), ...others(figures, kinds)],
        },
      ];
}

/** Empty unless the run varied the same load. */
function publishedFor({ run, service }: Study): readonly Published[] {
  return run.ramp?.factor === 'connections' ? serviceNamed(service).published : [];
}

function own({ run, rampResults }: Study, kinds: readonly Kind[]): TableRow {
  return {
    cells: [
      [strong('this run')],
      run.startedAt.slice(0, 4),
      run.environment.cpu.model ?? 'unknown',
      'highest level that held the service level',
      ...kinds.map((kind) => heldBy(kind, rampResults)),
    ],
  };
}

/** Named if the run has several servers of the kind, or another than its namesake. */
function heldBy(kind: Kind, results: Study['rampResults']): string {
  const alike = results.filter(({ server }) => KINDS[kind].includes(server));
  return alike
    .map(({ server, held }) => {
      const name = alike.length > 1 || server !== kind ? `${server} ` : '';
      return `${name}${held === 0 ? 'none' : whole(held)}`;
    })
    .join(', ');
}

function others(figures: readonly Published[], kinds: readonly Kind[]): TableRow[] {
  return figures.map(({ source, year, machine, measured, connections }) => ({
    cells: [
      source,
      year === null ? 'not stated' : `${year}`,
      machine ?? 'not stated',
      measured,
      ...kinds.map((kind) => whole(connections[kind] ?? null)),
    ],
  }));
}
