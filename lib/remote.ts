/** Calls between c10k's own processes over Node's IPC channel: child_process(fork). */
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

/** Another process of c10k, as seen by the one that started it. */
export interface Remote<M extends Methods> {
  readonly pid: number;
  call<K extends keyof M & string>(
    method: K,
    ...args: Parameters<M[K]>
  ): Promise<Awaited<ReturnType<M[K]>>>;
  /** Resolves when the process has ended, to what that means for whoever still needs it. */
  readonly ended: Promise<Error>;
  hasEnded(): boolean;
  /** Lets the process end by itself. Resolves when it has. */
  release(): Promise<void>;
  kill(): void;
}

/** The first descriptor after stdio and the IPC channel. */
export const FIRST_INHERITED = 4;

interface SpawnOptions {
  /** What the process is called in an error. */
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

/** Calls that wait for their reply. */
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

/** Resolves when the process has ended, to why that is an error. */
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

/** The channel may be found closed a moment before the process is known to have ended. */
function isClosed({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_IPC_CHANNEL_CLOSED';
}

/** Answers the parent's calls with these methods; ends, in the given way, when the parent does. */
export function serveCalls(methods: Methods, end: () => void = () => process.exit()): void {
  // Ctrl-C reaches the whole process group: the parent decides what follows.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  process.on('disconnect', end);
  process.on('message', async ({ id, method, args }: Call) => {
    const reply = await answer(id, () => methods[method]?.(...(args as never[])));
    if (process.connected) process.send?.(reply);
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
