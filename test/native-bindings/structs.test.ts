// Every size and offset that native-bindings/linux assumes, against what a C compiler of this machine says.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as structs from '../../native-bindings/linux/structs.ts';

/** Struct in C, its header, and the members by our names. */
const inC: Record<keyof typeof structs, { header: string; type: string; members: Record<string, string> }> = {
  epollEvent: { header: 'sys/epoll.h', type: 'struct epoll_event', members: { events: 'events', data: 'data' } },
  signalInfo: {
    header: 'signal.h',
    type: 'siginfo_t',
    members: { code: 'si_code', pid: 'si_pid', status: 'si_status' },
  },
  pidfdInfo: { header: 'stdint.h', type: 'struct pidfd_info', members: { mask: 'mask', exitCode: 'exit_code' } },
  pollDescriptor: {
    header: 'poll.h',
    type: 'struct pollfd',
    members: { descriptor: 'fd', events: 'events', reported: 'revents' },
  },
  credentials: { header: 'sys/socket.h', type: 'struct ucred', members: { pid: 'pid', uid: 'uid', gid: 'gid' } },
  messageHeader: {
    header: 'sys/socket.h',
    type: 'struct msghdr',
    members: {
      vectors: 'msg_iov',
      vectorCount: 'msg_iovlen',
      control: 'msg_control',
      controlLength: 'msg_controllen',
      flags: 'msg_flags',
    },
  },
  ioVector: { header: 'sys/uio.h', type: 'struct iovec', members: { base: 'iov_base', length: 'iov_len' } },
  controlMessage: {
    header: 'sys/socket.h',
    type: 'struct cmsghdr',
    members: { length: 'cmsg_len', level: 'cmsg_level', type: 'cmsg_type' },
  },
  unixAddress: { header: 'sys/un.h', type: 'struct sockaddr_un', members: { family: 'sun_family', path: 'sun_path' } },
  spawnAttributes: { header: 'spawn.h', type: 'posix_spawnattr_t', members: {} },
  spawnFileActions: { header: 'spawn.h', type: 'posix_spawn_file_actions_t', members: {} },
  signalSet: { header: 'signal.h', type: 'sigset_t', members: {} },
};

/** <linux/pidfd.h> of Linux 6.15, which is younger than most systems' headers. */
const pidfdInfoInC = `
struct pidfd_info {
  uint64_t mask, cgroupid;
  uint32_t pid, tgid, ppid, ruid, rgid, euid, egid, suid, sgid, fsuid, fsgid;
  int32_t exit_code;
};`;

test('every struct has the size and the offsets that the C compiler gives it', ({ skip }) => {
  const compiler = ['/usr/bin/cc', '/usr/bin/gcc', '/usr/bin/clang'].find((path) => existsSync(path));
  if (compiler === undefined) skip('no C compiler here: the layouts stay unchecked on this machine');
  const headers = [...new Set(Object.values(inC).map(({ header }) => `#include <${header}>`))];
  const prints = Object.entries(inC).flatMap(([name, { type, members }]) => [
    `printf("${name}.size %zu\\n", sizeof(${type}));`,
    ...Object.entries(members).map(
      ([ours, theirs]) => `printf("${name}.${ours} %zu\\n", offsetof(${type}, ${theirs}));`,
    ),
  ]);
  const program = [
    '#define _GNU_SOURCE',
    '#include <stdio.h>',
    '#include <stddef.h>',
    ...headers,
    pidfdInfoInC,
    'int main(void) {',
    ...prints,
    'return 0; }',
  ];
  const folder = mkdtempSync(join(tmpdir(), 'procsaver-structs-'));
  try {
    writeFileSync(join(folder, 'structs.c'), program.join('\n'));
    execFileSync(compiler ?? '', ['-o', join(folder, 'structs'), join(folder, 'structs.c')]);
    const printed = execFileSync(join(folder, 'structs'), { encoding: 'utf8' }).trim().split('\n').sort();
    const ours = Object.entries(structs).flatMap(([name, struct]) =>
      Object.entries(struct).map(([member, value]) => `${name}.${member} ${value}`),
    );
    expect(ours.sort()).toEqual(printed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
