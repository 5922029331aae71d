// writes.exe [TEXT]: a program that works: writes a line at once and another each half second, until it is ended.
#include <stdio.h>
#include <windows.h>

int main(int count, char **words) {
  for (int line = 1;; line++) {
    printf("%s %d\n", count > 1 ? words[1] : "working", line);
    fflush(stdout);
    Sleep(500);
  }
}
