/** What each server model does, as pseudo-code; `#` begins a comment. From the catalog alone. Pure. */
import { CONTROL, type ServerModel } from '../../../lib/catalog/models.js';

/** Its lines; empty for an external program, whose code is not known. */
export function pseudocodeOf(model: ServerModel): readonly string[] {
  switch (model.topology) {
    case 'one loop':
      return loopOf(model);
    case 'thread per connection':
      return THREAD_PER_CONNECTION;
    case 'Worker per connection':
      return WORKER_PER_CONNECTION;
    case 'process per connection':
      return PROCESS_PER_CONNECTION;
    case 'thread pool':
      return pool('thread');
    case 'process pool':
      return pool('process');
    case 'its own':
      return [];
  }
}

function loopOf({ name, engine, triggering, waitsIn }: ServerModel): readonly string[] {
  if (name === CONTROL) return BASELINE;
  if (engine === 'proactor') return COMPLETIONS;
  if (engine === 'libuv') return CALLBACKS;
  return triggering === 'edge' ? EDGE_TRIGGERED : levelTriggered(waitsIn);
}

/** The beginning of an edge-triggered loop. */
const ACCEPTING = [
  'add the listener to epoll, edge-triggered',
  'repeat forever',
  '  for each event of epoll_wait()              # sleeps here',
  '    if it is the listener',
  '      accept4 until EAGAIN, at most 64 in this turn',
  '      add each new socket to epoll, once',
];

/** native/control/loop.h */
const BASELINE = [
  ...ACCEPTING,
  '    else repeat',
  '      recv; stop at EAGAIN',
  '      send the answer',
  '      close it if the peer has ended',
  '      stop after a short read             # nothing is left',
];

/** native/engine/reactor.cc with native/demux/epoll.cc */
const EDGE_TRIGGERED = [
  ...ACCEPTING,
  '    else if the rest of an answer waits for room',
  '      send it; when it is sent, read as below',
  '    else repeat, at most 16 times',
  '      recv; stop at EAGAIN',
  '      send the answer; stop if the socket is full',
  '      stop after a short read             # nothing is left',
  '  continue what a limit cut short   # no event repeats it',
];

const WAITS: Readonly<Record<string, string>> = {
  select: '  ready = select(copies of the sets)   # scans every number',
  poll: '  ready = poll(array of all sockets)    # scans every entry',
  epoll_wait: '  ready = epoll_wait(epoll)       # returns the ready ones',
};

/** native/engine/reactor.cc with native/demux/{select,poll,epoll}.cc */
function levelTriggered(waitsIn: string): readonly string[] {
  const set = waitsIn === 'epoll_wait' ? 'epoll' : 'the set';
  return [
    `add the listener to ${set}`,
    'repeat forever',
    WAITS[waitsIn] as string,
    '  for each ready socket',
    '    if it is the listener',
    '      accept4 until EAGAIN, at most 64 in this turn',
    `      add each new socket to ${set}`,
    '    else if the rest of an answer waits for room',
    '      send it; when it is sent, watch for bytes again',
    '    else',
    '      recv once      # what is left is reported again',
    '      send the answer',
    '      if the socket is full, watch for room instead',
  ];
}

/** native/engine/proactor.cc */
const COMPLETIONS = [
  'queue one accept, for all connections        # multishot',
  'repeat forever',
  '  io_uring_enter: submit all that is queued  # sleeps here',
  '  for each send that failed or was short',
  '    close the connection, or queue a send of the rest',
  '  for each other completion',
  '    if it is a connection',
  '      queue one receive, for all its bytes   # multishot',
  '    if it is bytes, in a buffer that the kernel chose',
  '      queue a send of the answer from that buffer',
  '    if it is the end of a stream',
  '      send what is left and close',
  '  return the buffers whose bytes are sent',
];

/** lib/server/libuv.ts; the loop is libuv’s. */
const CALLBACKS = [
  'on a new connection',
  '  register the callbacks below with its socket',
  'on data, with a chunk',
  '  write the answer',
  '  if the socket is full, pause reading',
  'on drain',
  '  resume reading',
  'on end',
  '  end the socket',
  'repeat forever, in libuv',
  '  for each event of epoll_wait()              # sleeps here',
  '    accept4, read, or write what waits for room',
  '    call back',
];

/** native/engine/blocking.cc */
const THREAD_PER_CONNECTION = [
  'the acceptor thread',
  '  repeat forever',
  '    socket = accept4(listener)                # sleeps here',
  '    join the threads that have ended',
  '    start a thread for the socket;',
  '      if none can be created, pause and try again',
  'the thread of a connection',
  '  repeat until the peer has ended',
  '    recv                                      # sleeps here',
  '    send the whole answer       # sleeps if there is no room',
  '  close the socket',
];

/** native/forking/server.cc */
const PROCESS_PER_CONNECTION = [
  'the process that accepts',
  '  repeat forever',
  '    socket = accept4(listener)                # sleeps here',
  '    fork a child for the socket;',
  '      if none can be created, pause and try again',
  '    close its own descriptor of the socket',
  '    on SIGCHLD: wait4 for each child that has ended',
  'the child of a connection',
  '  close the listener',
  '  repeat until the peer has ended',
  '    recv                                      # sleeps here',
  '    send the whole answer       # sleeps if there is no room',
  '  close the socket and exit',
];

/** lib/server/workers/ */
const WORKER_PER_CONNECTION = [
  'the main thread',
  '  repeat forever',
  '    pause while descriptors for one more Worker are lacking',
  '    socket = accept4(listener)         # on a libuv thread',
  '    start a Worker for the socket',
  '    close the socket after its Worker has ended',
  'the Worker of a connection              # with its own V8',
  '  repeat until the peer has ended',
  '    recv                                      # sleeps here',
  '    send the whole answer       # sleeps if there is no room',
  '  shut the socket down',
];

/** native/engine/blocking.cc */
function pool(kind: string): readonly string[] {
  return [
    `start each ${kind} of the pool, with the same listener`,
    `each ${kind}`,
    '  repeat forever',
    '    socket = accept4(listener)                # sleeps here',
    '    repeat until the peer has ended',
    '      recv                                    # sleeps here',
    '      send the whole answer     # sleeps if there is no room',
    '    close the socket     # until now it served no other',
  ];
}
