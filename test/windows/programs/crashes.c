// crashes.exe [SECONDS]: writes a line, then after SECONDS (without: at once) to an address of the kernel: exit status 0xC0000005.
// Address 0 would not do: Wine may have something there.
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

__attribute__((noinline)) void writeNowhere(void) {
  volatile int *nowhere = (volatile int *)0xFFFFFFFFFFFF0000;
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
