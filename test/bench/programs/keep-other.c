// The floor for what something else started: reads a pid from stdin, waits for its end by a pidfd, runs the command; then the next pid.
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int main(int count, char **arguments) {
  int pid;
  if (count < 2) return 2;
  while (scanf("%d", &pid) == 1) {
    int pidfd = syscall(SYS_pidfd_open, pid, 0);
    if (pidfd < 0) return 1;
    struct pollfd ended = {pidfd, POLLIN, 0};
    poll(&ended, 1, -1);
    close(pidfd);
    pid_t script;
    if (posix_spawn(&script, arguments[1], NULL, NULL, arguments + 1, environ) != 0) return 1;
    waitpid(script, NULL, 0);
  }
  return 0;
}
