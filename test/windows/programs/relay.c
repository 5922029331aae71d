// relay.exe COMMAND...: runs a Windows command with real Windows pipes for its standard streams, and copies between these and its own,
// which are pipes of Linux: Node for Windows refuses those. Ends with the command's exit status.
#include <windows.h>

struct Copy {
  HANDLE from, to;
  BOOL closes;
};

static DWORD WINAPI copyAll(LPVOID given) {
  struct Copy *copy = given;
  char buffer[65536];
  DWORD got, written;
  while (ReadFile(copy->from, buffer, sizeof buffer, &got, NULL) && got > 0)
    for (DWORD at = 0; at < got; at += written)
      if (!WriteFile(copy->to, buffer + at, got - at, &written, NULL)) return 1;
  if (copy->closes) CloseHandle(copy->to);
  return 0;
}

static wchar_t *withoutFirstWord(wchar_t *text) {
  if (*text == L'"') {
    text++;
    while (*text != 0 && *text != L'"') text++;
    if (*text != 0) text++;
  } else {
    while (*text != 0 && *text != L' ') text++;
  }
  while (*text == L' ') text++;
  return text;
}

int main(void) {
  SECURITY_ATTRIBUTES inherited = {sizeof inherited, NULL, TRUE};
  HANDLE in[2], out[2], err[2];
  CreatePipe(&in[0], &in[1], &inherited, 0);
  CreatePipe(&out[0], &out[1], &inherited, 0);
  CreatePipe(&err[0], &err[1], &inherited, 0);
  SetHandleInformation(in[1], HANDLE_FLAG_INHERIT, 0);
  SetHandleInformation(out[0], HANDLE_FLAG_INHERIT, 0);
  SetHandleInformation(err[0], HANDLE_FLAG_INHERIT, 0);

  STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
  startup.hStdInput = in[0];
  startup.hStdOutput = out[1];
  startup.hStdError = err[1];
  PROCESS_INFORMATION process;
  if (!CreateProcessW(NULL, withoutFirstWord(GetCommandLineW()), NULL, NULL, TRUE, 0, NULL, NULL, &startup, &process)) return 127;
  CloseHandle(in[0]);
  CloseHandle(out[1]);
  CloseHandle(err[1]);

  struct Copy input = {GetStdHandle(STD_INPUT_HANDLE), in[1], TRUE};
  struct Copy output = {out[0], GetStdHandle(STD_OUTPUT_HANDLE), FALSE};
  struct Copy errors = {err[0], GetStdHandle(STD_ERROR_HANDLE), FALSE};
  CreateThread(NULL, 0, copyAll, &input, 0, NULL);
  HANDLE copying[2] = {CreateThread(NULL, 0, copyAll, &output, 0, NULL), CreateThread(NULL, 0, copyAll, &errors, 0, NULL)};
  WaitForSingleObject(process.hProcess, INFINITE);
  // A child of the command that lives on keeps the pipes open; nobody waits for what it writes.
  WaitForMultipleObjects(2, copying, TRUE, 2000);
  DWORD status;
  GetExitCodeProcess(process.hProcess, &status);
  ExitProcess(status);
}
