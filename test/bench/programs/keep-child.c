// The floor for own children: start, wait, start again. Nothing is written down, nothing is counted.
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

int main(int count, char **arguments) {
  if (count < 2) return 2;
  for (;;) {
    pid_t child;
    if (posix_spawn(&child, arguments[1], NULL, NULL, arguments + 1, environ) != 0) return 1;
    if (waitpid(child, NULL, 0) != child) return 1;
  }
}
