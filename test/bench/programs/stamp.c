// Tells when it began to run, by CLOCK_MONOTONIC, then waits to be killed.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

int main(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  const char *name = getenv("STAMP_NAME");
  if (name == NULL) name = getenv("PROCSAVER_PROCESS");
  const char *fifo = getenv("STAMP_FIFO");
  int out = fifo == NULL ? -1 : open(fifo, O_WRONLY | O_CLOEXEC);
  if (out >= 0) {
    char line[256];
    // One write of less than PIPE_BUF, so lines of several writers never mix.
    int length = snprintf(line, sizeof line, "%s %d %lld\n", name == NULL ? "?" : name, getpid(),
                          now.tv_sec * 1000000000LL + now.tv_nsec);
    if (write(out, line, length) != length) return 1;
    close(out);
  }
  // s6 restarts at once only what has said that it was ready.
  const char *ready = getenv("STAMP_READY_FD");
  if (ready != NULL && write(atoi(ready), "\n", 1) == 1) close(atoi(ready));
  for (;;) pause();
}
