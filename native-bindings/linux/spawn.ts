import { checked, errno, libc, type Result } from './libc.ts';
import { signalSet, spawnAttributes, spawnFileActions } from './structs.ts';

const posixSpawn = libc.func(
  'int posix_spawn(void *pid, const char *path, const void *actions, const void *attributes, const char **argv, const char **envp)',
);
const actionsInit = libc.func('int posix_spawn_file_actions_init(void *actions)');
const actionsDestroy = libc.func('int posix_spawn_file_actions_destroy(void *actions)');
const actionsOpen = libc.func(
  'int posix_spawn_file_actions_addopen(void *actions, int fd, const char *path, int flags, uint mode)',
);
const actionsDuplicate = libc.func('int posix_spawn_file_actions_adddup2(void *actions, int fd, int target)');
const actionsDirectory = libc.func('int posix_spawn_file_actions_addchdir_np(void *actions, const char *path)');
const attributesInit = libc.func('int posix_spawnattr_init(void *attributes)');
const attributesFlags = libc.func('int posix_spawnattr_setflags(void *attributes, short flags)');
const attributesDefault = libc.func('int posix_spawnattr_setsigdefault(void *attributes, const void *set)');
const attributesMask = libc.func('int posix_spawnattr_setsigmask(void *attributes, const void *set)');
const fcntl = libc.func('int fcntl(int fd, int command, int argument)');

/** <spawn.h> */
const POSIX_SPAWN_SETSIGDEF = 0x04;
const POSIX_SPAWN_SETSIGMASK = 0x08;
const POSIX_SPAWN_SETSID = 0x80;

export interface SpawnOrder {
  /** The program's file, absolute. */
  readonly file: string;
  readonly arguments: readonly string[];
  /** NAME=value. */
  readonly environment: readonly string[];
  readonly directory: string | null;
  /** An open descriptor of ours that becomes the child's stdout and stderr. */
  readonly output: number;
  /** Another one for stderr. */
  readonly errors?: number;
}

// The same for every child, so made once and kept. A session of its own lets the child outlive the engine and its terminal.
// Node ignores SIGPIPE, and an ignored signal would stay ignored after exec: every signal is set back, none is blocked.
const attributes = makeAttributes();
const processId = Buffer.alloc(4);
const actions = Buffer.alloc(spawnFileActions.size);

function makeAttributes(): Buffer {
  const made = Buffer.alloc(spawnAttributes.size);
  attributesInit(made);
  attributesFlags(made, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  // Not by sigfillset, which leaves out the two signals that the C library uses itself; these would be ignored in the child then.
  attributesDefault(made, Buffer.alloc(signalSet.size, 0xff));
  attributesMask(made, Buffer.alloc(signalSet.size));
  return made;
}

/**
 * posix_spawn(3): starts a child with /dev/null as stdin, in its own session, with default signals. The pid, or -errno of whichever step failed:
 * ENOENT no such file (or its interpreter) · EACCES not executable, or the directory is closed to us · ENOTDIR · E2BIG · EAGAIN the limit of processes · ENOMEM · ENOEXEC · ETXTBSY.
 */
export function spawnProcess(order: SpawnOrder): Result {
  actionsInit(actions);
  try {
    actionsOpen(actions, 0, '/dev/null', 0, 0);
    actionsDuplicate(actions, order.output, 1);
    actionsDuplicate(actions, order.errors ?? order.output, 2);
    if (order.directory !== null) actionsDirectory(actions, order.directory);
    // posix_spawn returns the error itself and leaves errno alone.
    const failure = posixSpawn(
      processId,
      order.file,
      actions,
      attributes,
      [...order.arguments, null],
      [...order.environment, null],
    );
    return failure === 0 ? processId.readInt32LE(0) : -failure;
  } finally {
    actionsDestroy(actions);
  }
}

/** <fcntl.h> */
const F_SETFD = 2;
const FD_CLOEXEC = 1;

/**
 * fcntl(2) F_SETFD. Node opens everything so already; this is for descriptors that we were born with. EBADF: not open.
 */
export function closeOnExec(descriptor: number): Result {
  const result = checked(fcntl(descriptor, F_SETFD, FD_CLOEXEC));
  return result === -errno.EBADF ? 0 : result;
}
