// The floor for first starts: so many children of one program, one after the other.
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

extern char **environ;

int main(int count, char **arguments) {
  if (count < 3) return 2;
  for (int left = atoi(arguments[1]); left > 0; left--) {
    pid_t child;
    if (posix_spawn(&child, arguments[2], NULL, NULL, arguments + 2, environ) != 0) return 1;
  }
  for (;;) pause();
}
