/** Remote calls between c10k's processes over Node's IPC channel. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { withAffinity } from './system/affinity.js';

type Methods = Record<string, (...args: never[]) => unknown>;

interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

interface Failure {
  readonly message: string;
  readonly code?: string;
}

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly failure?: Failure;
}

/** A child process of c10k. */
export interface Remote<M extends Methods> {
  readonly pid: number;
  call<K extends keyof M & string>(
    method: K,
    ...args: Parameters<M[K]>
  ): Promise<Awaited<ReturnType<M[K]>>>;
  /** Resolves when the process has ended, to an Error for callers that still need it. */
  readonly ended: Promise<Error>;
  hasEnded(): boolean;
  /** Lets the process end by itself. Resolves when it has ended. */
  release(): Promise<void>;
  kill(): void;
}

/** The first descriptor after stdio and the IPC channel. */
export const FIRST_INHERITED = 4;

interface SpawnOptions {
  /** The name of the process in error messages. */
  readonly name: string;
  readonly cpus: readonly number[];
  /** Descriptors that it inherits, from FIRST_INHERITED on. */
  readonly descriptors?: readonly number[];
}

/** Starts a process whose entry calls serveCalls(). */
export function spawnRemote<M extends Methods>(entry: URL, options: SpawnOptions): Remote<M> {
  const child = withAffinity(options.cpus, () =>
    fork(fileURLToPath(entry), {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc', ...(options.descriptors ?? [])],
    }),
  );
  return remoteOf<M>(child, options.name);
}

/** Calls without a reply so far. */
type Pending = Map<number, { resolve(value: never): void; reject(error: Error): void }>;

function remoteOf<M extends Methods>(child: ChildProcess, name: string): Remote<M> {
  const pending: Pending = new Map();
  let calls = 0;
  let failure: Error | undefined;
  const ended = endOf(child, name).then((error) => {
    failure = error;
    for (const call of pending.values()) call.reject(error);
    pending.clear();
    return error;
  });
  takeReplies(child, pending);
  return {
    pid: child.pid ?? -1,
    ended,
    hasEnded: () => failure !== undefined,
    call: (method, ...args) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        const id = calls++;
        pending.set(id, { resolve, reject });
        child.send({ id, method, args } satisfies Call, (error) => {
          if (!error || !pending.delete(id)) return;
          if (isClosed(error)) ended.then(reject);
          else reject(error);
        });
      }),
    release: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

/** Resolves when the process has ended, to an Error with the reason. */
function endOf(child: ChildProcess, name: string): Promise<Error> {
  return new Promise((resolve) => {
    const end = (how: string) => resolve(new Error(`the ${name} ${how}`));
    child.once('exit', (code, signal) => end(`ended early (${signal ?? `exit code ${code}`})`));
    child.once('error', (error) => end(`couldn't be started: ${error.message}`));
  });
}

function takeReplies(child: ChildProcess, pending: Pending): void {
  child.on('message', ({ id, result, failure }: Reply) => {
    const call = pending.get(id);
    pending.delete(id);
    if (failure) call?.reject(Object.assign(new Error(failure.message), { code: failure.code }));
    else call?.resolve(result as never);
  });
}

/** Errors of a closed channel, which may occur before the process's exit is reported. */
function isClosed({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_IPC_CHANNEL_CLOSED';
}

/** Answers the parent's calls with these methods; calls `end` when the parent ends. */
export function serveCalls(methods: Methods, end: () => void = () => process.exit()): void {
  // Ctrl-C signals the whole process group; ignore it here, because the parent stops its children.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  process.on('disconnect', end);
  process.on('message', async ({ id, method, args }: Call) => {
    const reply = await answer(id, () => methods[method]?.(...(args as never[])));
    // The parent may have ended a moment ago: without a callback, the failure would be an uncaught
    // exception, and `disconnect`, which follows, would find no one to call `end`.
    process.send?.(reply, undefined, undefined, () => {});
  });
}

async function answer(id: number, work: () => unknown): Promise<Reply> {
  try {
    return { id, result: await work() };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    return { id, failure: { message, ...(code === undefined ? {} : { code }) } };
  }
}
