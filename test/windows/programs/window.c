// window.exe [SECONDS]: has a window. After SECONDS (without: never) its thread no longer answers messages.
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

static LRESULT CALLBACK answer(HWND window, UINT message, WPARAM first, LPARAM second) {
  if (message == WM_TIMER) {
    puts("not answering");
    fflush(stdout);
    Sleep(INFINITE);
  }
  if (message == WM_DESTROY) {
    puts("closed");
    PostQuitMessage(0);
  }
  return DefWindowProcW(window, message, first, second);
}

int main(int count, char **words) {
  WNDCLASSW class = {.lpfnWndProc = answer, .hInstance = GetModuleHandleW(NULL), .lpszClassName = L"procsaver-test"};
  RegisterClassW(&class);
  HWND window = CreateWindowW(class.lpszClassName, L"Orders", WS_OVERLAPPEDWINDOW | WS_VISIBLE, 0, 0, 200, 100, NULL, NULL,
                              class.hInstance, NULL);
  if (window == NULL) {
    printf("no window: error %lu\n", GetLastError());
    return 1;
  }
  if (count > 1) SetTimer(window, 1, (UINT)(atof(words[1]) * 1000), NULL);
  puts("window open");
  fflush(stdout);
  MSG message;
  while (GetMessageW(&message, NULL, 0, 0) > 0) DispatchMessageW(&message);
  return 0;
}
