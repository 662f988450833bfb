// GNU readline, loaded when it is first asked for: a plain search does not pay for it.
#ifndef CREADLINE_H
#define CREADLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Offers completions: calls `add` for each. `line` is the whole line, the cursor stands at `point`,
/// and the word that readline would replace begins at `start` (bytes). `text` replaces that word;
/// `shown` is printed in the list.
typedef void (*creadline_completer)(const char *line, size_t start, size_t point,
                                    void (*add)(const char *text, const char *shown));

/// What came of reading a line.
typedef enum {
  CREADLINE_LINE,         ///< A line was read.
  CREADLINE_END,          ///< Ctrl-D on an empty line.
  CREADLINE_INTERRUPTED,  ///< Ctrl-C: what was typed is dropped.
} creadline_result;

/// Loads the library and sets it up; false where the system does not have it.
bool creadline_open(creadline_completer completer);

/// Reads a line. `*line` is to be freed by `creadline_free`, and NULL unless a line was read.
creadline_result creadline_read(const char *prompt, char **line);

/// Frees a line.
void creadline_free(char *line);

/// Adds a line to the history.
void creadline_remember(const char *line);

/// Reads the history from a file, and keeps at most `most` lines.
void creadline_read_history(const char *path, int most);

/// Writes the history to a file that only its owner may read; false where it cannot.
bool creadline_write_history(const char *path, int most);

/// Catches Ctrl-C from now on: it is counted, and ends no call but a waiting one.
void creadline_catch_interrupts(void);

/// Whether Ctrl-C was pressed since the last call.
bool creadline_take_interrupt(void);

#endif
