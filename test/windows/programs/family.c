// family.exe WORD: works until it is ended, with an orphan: a child of its own, which started WORD-orphan and ended.
#include <stdio.h>
#include <string.h>
#include <windows.h>

static void start(const char *self, const char *first, const char *second) {
  char line[1024];
  snprintf(line, sizeof line, "\"%s\" %s %s", self, first, second);
  STARTUPINFOA how = {.cb = sizeof how};
  PROCESS_INFORMATION made;
  if (!CreateProcessA(NULL, line, NULL, NULL, FALSE, 0, NULL, NULL, &how, &made)) printf("error %lu\n", GetLastError());
}

int main(int count, char **words) {
  const char *word = count > 1 ? words[1] : "family";
  char self[512], orphan[256];
  GetModuleFileNameA(NULL, self, sizeof self);
  snprintf(orphan, sizeof orphan, "%s-orphan", word);
  if (count > 2 && strcmp(words[2], "between") == 0) {
    start(self, orphan, "alone");
    return 0;
  }
  if (count < 3) start(self, word, "between");
  printf("%lu %s\n", GetCurrentProcessId(), word);
  fflush(stdout);
  for (;;) Sleep(1000);
}
