/** The notes on a trial, valid or not. Pure. */
import { modelNamed } from '../../lib/catalog/models.js';
import type { Note } from '../facts.js';
import type { Cell } from '../plan/plan.js';
import { achievedRatio, LEAST_ACHIEVED, type Measurement, type Slices } from '../record.js';
import { wholeServer } from '../whole-server.js';
import type { Evidence } from './evidence.js';
import { machineLoadOf } from './machine.js';

/** With more sockets in TIME_WAIT, new connections become slow because free ports are scarce. */
const MANY_TIME_WAIT = 10_000;

/** Up to this number may come from other programs, because the counters cover the whole network namespace. */
const FEW_RETRANSMITS = 10;

/** After this many requests Node has compiled the hot code; measured with the `libuv` model. */
const REQUESTS_TO_WARM_UP = 50_000;

/** Largest relative difference between the requests in flight by Little's law and those that the load sets. */
const MOST_IMBALANCE = 0.02;

/** Share of stolen CPU time; below it is normal for a virtual machine. */
const MUCH_STOLEN = 0.05;

/** Mean number of CPUs that other programs may keep busy. */
const MANY_OTHERS = 0.15;

/** A slice has at least ten, unless the duration is too short. */
const FEW_ROUND_TRIPS = 5;

/** With fewer requests the figures are imprecise and the tail percentiles meaningless. */
const FEW_REQUESTS = 100;

/** A dropped SYN is sent again after 1 s (RFC 6298), so connect then takes at least this long. In µs. */
const RESENT_US = 0.9e6;

/** Largest share of a CPU that an idle server may use. */
const MOST_IDLE_BUSY = 0.01;

export function notesOf(
  cell: Cell,
  evidence: Evidence,
  measured: Measurement,
  clientBound: boolean,
): readonly Note[] {
  return [
    ...when(clientBound, 'client-bound', { busy: measured.clientCpu.busiestThread }),
    ...when(runsCold(cell, measured), 'cold compiler', { requests: measured.requests.window }),
    ...ofThePlan(cell),
    ...waiting(cell, evidence, measured),
    ...inconsistent(measured),
    ...brief(measured),
    ...disturbed(measured),
    ...behind(measured),
    ...when(measured.starved > 0, 'connections unanswered', { connections: measured.starved }),
    ...rowsLost(measured),
    ...transfersLost(measured),
    ...interrupted(evidence),
    ...ofTheKernel(measured),
  ];
}

/** A list with the note if `holds`, otherwise an empty list. */
function when<Kind extends Note['kind']>(
  holds: boolean,
  kind: Kind,
  figures: Extract<Note, { kind: Kind }>['figures'],
): Note[] {
  return holds ? [{ kind, figures } as Note] : [];
}

function rowsLost({ reconciliation }: Measurement): Note[] {
  const { unknown = 0 } = reconciliation ?? {};
  return when(unknown > 0, 'rows lost', { connections: unknown });
}

function transfersLost({ transfers }: Measurement): Note[] {
  const { client, server, reconciliation } = transfers ?? {};
  const unknown = reconciliation?.unknown ?? 0;
  const [atClient, atServer] = [client?.unrecorded ?? 0, server?.unrecorded ?? 0];
  return [
    ...when(unknown > 0, 'transfers unknown', { transfers: unknown }),
    ...when(atClient > 0, 'transfers not recorded', { transfers: atClient, side: 'client' }),
    ...when(atServer > 0, 'transfers not recorded', { transfers: atServer, side: 'server' }),
  ];
}

function ofThePlan(cell: Cell): Note[] {
  const { serverCpus, clientCpus, clientProcesses, clientThreads } = cell;
  return [
    ...when(
      serverCpus.some((cpu) => clientCpus.includes(cpu)),
      'shared CPU',
      {},
    ),
    ...when(clientProcesses * clientThreads > clientCpus.length, 'client threads exceed CPUs', {}),
  ];
}

/** Connections that a pool doesn't serve yet. */
function waiting(cell: Cell, { acceptedBeforeGo }: Evidence, { peak }: Measurement): Note[] {
  const served = acceptedBeforeGo?.expected ?? 0;
  if (served === 0 || served >= peak.open || !modelNamed(cell.server).serial) return [];
  return when(true, 'waiting in the accept queue', { served, waiting: peak.open - served });
}

/** CPU time that server and client did not get. */
function interrupted(evidence: Evidence): Note[] {
  const load = machineLoadOf(evidence);
  const [share, cpus] = [load?.stealShare ?? 0, load?.othersCpus ?? 0];
  const { periods = 0, seconds = 0 } = load?.throttling ?? {};
  return [
    ...when(share > MUCH_STOLEN, 'CPU time stolen', { share }),
    ...when(cpus > MANY_OTHERS, 'other programs', { cpus }),
    ...when(periods > 0, 'CPU quota', { seconds }),
  ];
}

function ofTheKernel({ kernel, connect, timeWaitBefore }: Measurement): Note[] {
  const sockets = timeWaitBefore ?? 0;
  const times = kernel?.listenOverflows ?? 0;
  const segments = kernel?.retransmittedSegments ?? 0;
  // The counter covers the whole network namespace; only a slow handshake shows that it was this server's queue.
  const isOurs = (connect.max ?? 0) >= RESENT_US;
  return [
    ...when(sockets > MANY_TIME_WAIT, 'sockets in TIME_WAIT', { sockets }),
    ...when(times > 0 && isOurs, 'accept queue overflowed', { times }),
    ...when(segments > FEW_RETRANSMITS, 'segments retransmitted', { segments }),
  ];
}

/** Some requests have no latency, or some latencies belong to requests that weren't counted. */
function inconsistent({ inFlight, slices, requests }: Measurement): Note[] {
  if (inFlight === null || hasFewRoundTrips(slices)) return [];
  const { expected, measured } = inFlight;
  // At each end of the window, the requests under way count as whole ones or not at all.
  const edges = expected / requests.window;
  const isFar = Math.abs(measured / expected - 1) > MOST_IMBALANCE + edges;
  return when(isFar, 'requests under way', { measured, expected });
}

/** The start and end of a slice then dominate its figures. */
function hasFewRoundTrips(slices: Slices | null): boolean {
  return slices !== null && slices.roundTrips > 0 && slices.roundTrips < FEW_ROUND_TRIPS;
}

function brief({ slices, requests, failures }: Measurement): Note[] {
  if (failures === 0 && requests.window > 0 && requests.window < FEW_REQUESTS)
    return when(true, 'few requests', { requests: requests.window });
  return when(hasFewRoundTrips(slices), 'few round trips', { roundTrips: slices?.roundTrips ?? 0 });
}

/** Work that a server postpones past its slice is missing in its own figures and disturbs the other side's. */
function disturbed({ slices }: Measurement): Note[] {
  if (slices === null) return [];
  return (['server', 'control'] as const).flatMap((of) => {
    const busy = slices.idleBusy[of] ?? 0;
    return when(busy > MOST_IDLE_BUSY, 'busy while the other was measured', { of, busy });
  });
}

function behind({ openLoop, requests }: Measurement): Note[] {
  const ratio = achievedRatio(openLoop, requests.window);
  if (ratio === null) return [];
  return when(ratio < LEAST_ACHIEVED, 'behind schedule', { achievedRatio: ratio });
}

/** The just-in-time compiler still runs within the window. */
function runsCold(cell: Cell, measured: Measurement): boolean {
  if (wholeServer(measured).cpu === null || cell.warmupNs > 0) return false;
  return (
    modelNamed(cell.server).language === 'TypeScript' &&
    measured.requests.window < REQUESTS_TO_WARM_UP
  );
}
