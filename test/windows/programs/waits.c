// waits.exe: does nothing at all, for ever.
#include <windows.h>

int main(void) {
  Sleep(INFINITE);
  return 0;
}
