// crashes.exe [SECONDS]: writes a line, then after SECONDS (without: at once) to address 0: exit status 0xC0000005.
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

/** Read anew each time: of an address that it knows the compiler thinks that nobody can mean it, and leaves the writing out. */
static int *volatile nowhere;

__attribute__((noinline)) void writeNowhere(void) {
  *nowhere = 1;
}

int main(int count, char **words) {
  // Nobody is asked what to do about it.
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
  puts("about to crash");
  fflush(stdout);
  if (count > 1) Sleep((DWORD)(atof(words[1]) * 1000));
  writeNowhere();
  return 0;
}
