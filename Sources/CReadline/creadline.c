#include "creadline.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef char *completion_entry(const char *, int);

static struct {
  char *(*readline)(const char *);
  void (*add_history)(const char *);
  int (*read_history)(const char *);
  int (*write_history)(const char *);
  void (*stifle_history)(int);
  char **(*completion_matches)(const char *, completion_entry *);
  void (*display_match_list)(char **, int, int);
  void (*forced_update_display)(void);
  int (*variable_bind)(const char *, const char *);
  char **line_buffer;
  int *done;
  int *catch_signals;
  int *attempted_completion_over;
  int *completion_append_character;
  const char **word_break_characters;
  const char **quote_characters;
} rl;

static creadline_completer offer;
static volatile sig_atomic_t interrupted;

// Completions of the word at hand, and how each is shown.
static struct {
  char **texts;
  char **shown;
  size_t count;
  size_t capacity;
} found;

static void forget(void) {
  for (size_t i = 0; i < found.count; i++) {
    free(found.texts[i]);
    free(found.shown[i]);
  }
  found.count = 0;
}

static void add(const char *text, const char *shown) {
  if (found.count == found.capacity) {
    size_t capacity = found.capacity ? found.capacity * 2 : 64;
    char **texts = realloc(found.texts, capacity * sizeof *texts);
    if (!texts) return;
    found.texts = texts;
    char **more = realloc(found.shown, capacity * sizeof *more);
    if (!more) return;
    found.shown = more;
    found.capacity = capacity;
  }
  char *copy = strdup(text);
  char *label = strdup(shown);
  if (!copy || !label) {
    free(copy);
    free(label);
    return;
  }
  found.texts[found.count] = copy;
  found.shown[found.count++] = label;
}

static char *next(const char *text, int state) {
  (void)text;
  static size_t index;
  if (state == 0) index = 0;
  return index < found.count ? strdup(found.texts[index++]) : NULL;
}

static char **attempt(const char *text, int start, int end) {
  (void)text;
  forget();
  *rl.attempted_completion_over = 1;
  offer(*rl.line_buffer, (size_t)start, (size_t)end, add);
  *rl.completion_append_character = 0;
  return found.count ? rl.completion_matches(text, next) : NULL;
}

// Prints the list with counts beside the values.
static void display(char **matches, int count, int longest) {
  (void)matches;
  (void)count;
  (void)longest;
  char **list = malloc((found.count + 2) * sizeof *list);
  if (!list) return;
  size_t widest = 0;
  list[0] = "";
  for (size_t i = 0; i < found.count; i++) {
    list[i + 1] = found.shown[i];
    size_t width = strlen(found.shown[i]);
    if (width > widest) widest = width;
  }
  list[found.count + 1] = NULL;
  fputc('\n', stdout);
  rl.display_match_list(list, (int)found.count, (int)widest);
  rl.forced_update_display();
  free(list);
}

// Called ten times a second while a line is typed.
static int on_idle(void) {
  if (interrupted) *rl.done = 1;
  return 0;
}

static void on_interrupt(int number) {
  (void)number;
  interrupted = 1;
}

void creadline_catch_interrupts(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
}

bool creadline_take_interrupt(void) {
  bool was = interrupted != 0;
  interrupted = 0;
  return was;
}

static bool find(void *library, const char *name, void *target) {
  void *symbol = dlsym(library, name);
  if (!symbol) return false;
  memcpy(target, &symbol, sizeof symbol);
  return true;
}

bool creadline_open(creadline_completer completer) {
  void *library = dlopen("libreadline.so.8", RTLD_NOW | RTLD_GLOBAL);
  if (!library) library = dlopen("libreadline.so.7", RTLD_NOW | RTLD_GLOBAL);
  if (!library) return false;
  char **(**attempted)(const char *, int, int);
  void (**display_hook)(char **, int, int);
  int (**event_hook)(void);
  const char **name;
  bool is_whole =
      find(library, "readline", &rl.readline) && find(library, "add_history", &rl.add_history) &&
      find(library, "read_history", &rl.read_history) &&
      find(library, "write_history", &rl.write_history) &&
      find(library, "stifle_history", &rl.stifle_history) &&
      find(library, "rl_completion_matches", &rl.completion_matches) &&
      find(library, "rl_display_match_list", &rl.display_match_list) &&
      find(library, "rl_forced_update_display", &rl.forced_update_display) &&
      find(library, "rl_variable_bind", &rl.variable_bind) &&
      find(library, "rl_line_buffer", &rl.line_buffer) && find(library, "rl_done", &rl.done) &&
      find(library, "rl_attempted_completion_over", &rl.attempted_completion_over) &&
      find(library, "rl_completion_append_character", &rl.completion_append_character) &&
      find(library, "rl_completer_word_break_characters", &rl.word_break_characters) &&
      find(library, "rl_completer_quote_characters", &rl.quote_characters) &&
      find(library, "rl_attempted_completion_function", &attempted) &&
      find(library, "rl_completion_display_matches_hook", &display_hook) &&
      find(library, "rl_event_hook", &event_hook) &&
      find(library, "rl_readline_name", &name) &&
      find(library, "rl_catch_signals", &rl.catch_signals);
  if (!is_whole) return false;
  offer = completer;
  *name = "kbsearch";
  *attempted = attempt;
  *display_hook = display;
  *event_hook = on_idle;
  *rl.catch_signals = 0;
  *rl.word_break_characters = " \t\n\"()";
  *rl.quote_characters = "";
  rl.variable_bind("enable-bracketed-paste", "on");
  rl.variable_bind("completion-ignore-case", "on");
  rl.variable_bind("show-all-if-ambiguous", "on");
  return true;
}

creadline_result creadline_read(const char *prompt, char **line) {
  *line = NULL;
  interrupted = 0;
  char *read = rl.readline(prompt);
  if (creadline_take_interrupt()) {
    free(read);
    fputs("^C\n", stdout);
    fflush(stdout);
    return CREADLINE_INTERRUPTED;
  }
  if (!read) return CREADLINE_END;
  *line = read;
  return CREADLINE_LINE;
}

void creadline_free(char *line) { free(line); }

void creadline_remember(const char *line) { rl.add_history(line); }

void creadline_read_history(const char *path, int most) {
  rl.stifle_history(most);
  rl.read_history(path);
}

bool creadline_write_history(const char *path, int most) {
  int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool is_private = fchmod(file, 0600) == 0;
  close(file);
  if (!is_private) return false;
  rl.stifle_history(most);
  return rl.write_history(path) == 0;
}
