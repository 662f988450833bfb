// The last error of each thread: the one thing of the C interface that Swift has no word for.
#include <stdlib.h>
#include <string.h>

#include "kbsearch.h"
#include "kbsearch-private.h"

static _Thread_local char *last;

void kbp_set_last_error(const char *text) {
  free(last);
  last = text ? strdup(text) : NULL;
}

const char *kbp_last_error(void) { return last ? last : ""; }
