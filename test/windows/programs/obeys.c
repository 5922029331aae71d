// obeys.exe [ignore]: says which console event it was sent, and ends by it with status 7, or with `ignore` goes on.
#include <stdio.h>
#include <string.h>
#include <windows.h>

static BOOL ignores;

static BOOL WINAPI hear(DWORD event) {
  const char *names[] = {"CTRL_C", "CTRL_BREAK", "CTRL_CLOSE"};
  printf("%s\n", event < 3 ? names[event] : "another event");
  fflush(stdout);
  if (!ignores) ExitProcess(7);
  return TRUE;
}

int main(int count, char **words) {
  ignores = count > 1 && strcmp(words[1], "ignore") == 0;
  // A new process group begins with CTRL_C switched off.
  SetConsoleCtrlHandler(NULL, FALSE);
  SetConsoleCtrlHandler(hear, TRUE);
  puts("listening");
  fflush(stdout);
  for (;;) Sleep(1000);
}
