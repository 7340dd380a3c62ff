/** An analysed run: the data of every section, table and graph of its report. Pure. */

import { type LoadLevel, levelKey, levelOf } from '../../plan/load-level.js';
import type { Cell } from '../../plan/plan.js';
import { finished, type TrialRecord } from '../../record.js';
import { factorsOf, wordingOf } from '../../services/registry.js';
import type { Factor } from '../../services/service.js';
import type { ServiceWording } from '../../services/wording.js';
import { type RampResult, rampResults } from '../../statistics/ramp-result.js';
import type { StoredRun, TrialDetails } from '../../statistics/stored-run.js';
import { type Row, summarize } from '../../statistics/summarize.js';
import { type LoadVerdict, verdicts } from '../../statistics/verdicts.js';
import { type NameOf, namesOf, serversIn } from '../text/server-name.js';
import { type ControlReading, controlReadings, firstLoad } from './control-readings.js';
import { type Axis, axisOf, inOrder, inWords, varyingOf } from './levels.js';
import { type Series, seriesOf } from './series.js';

/** A cell with its summary, its trials, and its place in the graphs. */
export interface StudyCell {
  readonly cell: Cell;
  readonly row: Row;
  readonly series: Series;
  /** Without interrupted trials. */
  readonly records: readonly TrialRecord[];
  readonly valid: readonly TrialRecord[];
  readonly details: TrialDetails | null;
  readonly level: Level;
}

export interface Level extends LoadLevel {
  /** What varies in this run, in words: `300 connections`. */
  readonly label: string;
}

export interface Study {
  readonly run: StoredRun;
  /** The name of its service. */
  readonly service: string;
  /** The words for the figures of its service. */
  readonly wording: ServiceWording;
  /** Of a server, the baseline included. */
  readonly nameOf: NameOf;
  /** The requested cells; these include the baseline only if it was requested as a server. */
  readonly cells: readonly StudyCell[];
  /** The cells with a valid trial. */
  readonly measured: readonly StudyCell[];
  readonly series: readonly Series[];
  readonly levels: readonly Level[];
  /** The factors with several values. */
  readonly varying: readonly Factor[];
  /** The x axis of graphs; null if nothing varies. */
  readonly axis: Axis | null;
  /** Empty unless the run is a ramp. */
  readonly rampResults: readonly RampResult[];
  /** By each load and metric. */
  readonly verdicts: readonly LoadVerdict[];
  readonly control: readonly ControlReading[];
  /** The load of these readings; null if there can be none. */
  readonly controlLevel: Level | null;
}

export function study(run: StoredRun): Study {
  const { plan, records } = run;
  const rows = summarize(plan, records);
  const nameOf = namesOf(serversIn(plan));
  const series = seriesOf(plan.cells, nameOf);
  const service = serviceOf(plan);
  const factors = factorsOf(service);
  const varying = varyingOf(factors, plan.cells);
  const levels = levelsOf(plan.cells, factors, varying);
  const cells = plan.cells.map((cell, i) => {
    const own = finished(records).filter((record) => record.cell === cell.number);
    return {
      cell,
      row: rows[i] as Row,
      series: series.find(({ has }) => has(cell)) as Series,
      records: own,
      valid: own.filter(({ verdict, measurement }) => verdict.valid && measurement !== null),
      details: run.details.get(cell.number) ?? null,
      level: levels.find((level) => levelKey(level) === levelKey(cell)) as Level,
    };
  });
  return {
    run,
    service,
    wording: wordingOf(service),
    nameOf,
    cells,
    measured: cells.filter(({ valid }) => valid.length > 0),
    series,
    levels,
    varying,
    axis: axisOf(varying, levels),
    rampResults: run.ramp === null ? [] : rampResults(plan, records, run.ramp),
    verdicts: verdicts(plan, records),
    control: controlReadings(plan, records),
    controlLevel: controlLevelOf(plan, levels),
  };
}

/** All cells of a run have the same. */
function serviceOf({ cells }: StoredRun['plan']): string {
  return (cells[0] as Cell).service;
}

function controlLevelOf(plan: StoredRun['plan'], levels: readonly Level[]): Level | null {
  const load = firstLoad(plan);
  return levels.find((each) => load && levelKey(each) === levelKey(load)) ?? null;
}

/** In order, each once. */
function levelsOf(
  cells: readonly Cell[],
  factors: readonly Factor[],
  varying: readonly Factor[],
): readonly Level[] {
  const named = varying.length > 0 ? varying : factors.slice(0, 1);
  const byKey = new Map(cells.map((cell) => [levelKey(cell), levelOf(cell)]));
  return inOrder([...byKey.values()], factors).map((level) => ({
    ...level,
    label: inWords(level, named),
  }));
}
