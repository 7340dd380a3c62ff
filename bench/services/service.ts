/** What an experiment needs to know of a service: its options, factors and unit of work. */
import type { NamedOptions } from '../../lib/native-data.js';
import type { OptionRow } from '../cli/option.js';
import type { Parser } from '../cli/values.js';
import type { FactorValue, FactorValues, ServiceLoad } from '../schema/service-load.js';
import type { Published, PublishedCells } from './published.js';
import type { UntimedConnection } from './untimed.js';
import type { ServiceWording } from './wording.js';

export type { FactorValue, FactorValues, ServiceLoad };

/** Something that varies between cells, besides the server. */
export interface Factor {
  readonly name: string;
  /** The head of its table column. */
  readonly column: string;
  /** The title of its axis. */
  readonly title: string;
  /** The labels of its axis, as a Vega expression; default: numbers. */
  readonly labels?: string;
  /** A value under `column`. */
  readonly show: (value: FactorValue) => string;
  /** A value in the name of a load: `64 connections`. */
  readonly inWords: (value: FactorValue) => string;
  /** Shown values in the question of a report: `in messages of 19 and 1,000 bytes`. */
  readonly inQuestion: (values: string) => string;
  /** Present if a report relates its values to each other, because one is the cost of the other: sentences on some values. */
  readonly contrast?: Readonly<Record<string, string>>;
  /** Absent if a ramp can't vary it. */
  readonly ramp?: RampAxis;
}

/** How a ramp varies a factor. */
export interface RampAxis {
  /** The option that sets it, without dashes. */
  readonly option: string;
  /** Other options that it replaces. */
  readonly replaces?: readonly string[];
  readonly unit: string;
  /** The unit in the singular. */
  readonly single: string;
  readonly from: number;
  readonly to: number;
  /** A level as on the command line. */
  readonly parse: Parser<number>;
  /** The lists of a plan that change to have one level. */
  readonly at: (lists: LoadLists, level: number) => Partial<LoadLists>;
}

/** The lists of an experiment whose combinations are its loads. */
export interface LoadLists {
  readonly connections: readonly number[];
  readonly rates: readonly number[];
  readonly loads: readonly ServiceLoad[];
}

/** What throughput and efficiency count. */
export type Unit = 'requests' | 'bytes';

/** What a stage depends on. */
export interface StagedCell extends ServiceLoad {
  readonly connections: number;
  readonly repeat: number;
  /** Time limits in ns of an exchange, and of one without progress (0: none). */
  readonly timeoutNs: number;
  readonly stallNs: number;
}

/** The room in file systems that a trial takes. */
export interface StorageNeeds {
  /** Where each server has its storage. */
  readonly directory: string;
  /** In the storage of one server. */
  readonly bytes: number;
  /** What all trials share, each by a name; it stays until the run ends. */
  readonly shared: {
    readonly directory: string;
    readonly bytes: Readonly<Record<string, number>>;
  };
}

/** Where a server that c10k has not started listens. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** A server that c10k has not started, in whose storage a stage works by its commands. */
export interface RemoteServer extends Target {
  /** Called for each connection of the stage when it has ended, so that the server's rows can be reconciled. */
  readonly onEnded: (connection: UntimedConnection) => void;
}

/** Files and the like that one server of a trial and its client work with. */
export interface Stage {
  /** Added to the options of the two halves. */
  readonly serviceOptions: NamedOptions['options'];
  readonly protocolOptions: NamedOptions['options'];
  /** The type of the file system that holds the files; null: unknown. */
  readonly fileSystem: string | null;
  /** After the traffic: how many of the client's completed transfers have left something wrong. */
  readonly countWrong: (completed: number) => Promise<number>;
  /** Removes everything. Killed processes may still be about to end. */
  readonly clear: () => Promise<void>;
}

export interface Service {
  readonly name: string;
  /** The description of its command. */
  readonly about: string;
  readonly unit: Unit;
  readonly wording: ServiceWording;
  readonly factors: readonly Factor[];
  /** Others' figures for a ramp of its connections. */
  readonly published: readonly Published[];
  /** Others' figures for single cells. */
  readonly publishedCells?: PublishedCells;
  /** Its own options: those that both halves need, and those of one half. */
  readonly options: {
    readonly both: readonly OptionRow[];
    readonly server: readonly OptionRow[];
    readonly client: readonly OptionRow[];
  };
  /** Examples for the help of its command. */
  readonly examples: string;
  /** Used where the command line has no other value; times in ns. */
  readonly defaults: {
    readonly connections: number;
    /** Requests per connection; 0: limited only by the duration. */
    readonly repeat: number;
    /** 0: until every connection has sent its requests. */
    readonly durationNs: number;
    /** Of each connect and each answer. */
    readonly timeoutNs: number;
    /** Without progress; 0: none. */
    readonly stallNs: number;
    readonly retries: number;
  };
  /** Whether the load's transfers are so few and large that each gets a row. */
  readonly recordsTransfers: (load: ServiceLoad) => boolean;
  /** The room that a cell's trials take. Absent: none. */
  readonly needs?: (cell: StagedCell) => StorageNeeds;
  /** Makes what all trials under these loads share and what is not there yet. Yields a line for each part; throws if aborted. */
  readonly prepare?: (loads: readonly ServiceLoad[], signal: AbortSignal) => AsyncIterable<string>;
  /**
   * Makes what a trial needs besides its processes: before they start or, if `remote` is not null, in the storage of that
   * server. Absent: nothing. Leaves nothing if it fails or is aborted.
   */
  readonly stage?: (
    cell: StagedCell,
    remote: RemoteServer | null,
    signal: AbortSignal,
  ) => Promise<Stage>;
  /** Options that the stage of a trial sets and a server without one needs, with what is allowed. Absent: none. */
  readonly servedWith?: Readonly<Record<string, string>>;
  /** `flags`: as commander returns them. Throws UsageError for options that contradict each other. */
  readonly loads: (flags: object) => readonly ServiceLoad[];
}
