/* Prints the sections that a query finds.
 *
 *   cc search.c $(pkg-config --cflags --libs kbsearch) -o search
 *   ./search DIR QUERY
 */
#include <kbsearch.h>
#include <stdio.h>

int main(int count, char **arguments) {
  if (count != 3) {
    fprintf(stderr, "usage: %s DIR QUERY\n", arguments[0]);
    return 2;
  }
  if (kb_abi_version() != KB_ABI_VERSION) {
    fprintf(stderr, "libkbsearch is of another version than kbsearch.h\n");
    return 3;
  }
  kb_options options = {.size = sizeof options, .knowledge_base = arguments[1]};
  kb_index *index = NULL;
  kb_status status = kb_open(&options, &index);
  if (status != KB_FOUND) {
    fprintf(stderr, "%s\n", kb_last_error());
    return status;
  }
  kb_question question = {.size = sizeof question, .query = arguments[2]};
  kb_answer *answer = NULL;
  status = kb_search(index, &question, &answer);
  if (!answer) {
    fprintf(stderr, "%s\n", kb_last_error());
    kb_close(index);
    return status;
  }
  printf("%llu sections\n", (unsigned long long)answer->total);
  const char *place = (const char *)answer->hits;
  for (size_t i = 0; i < answer->hit_count; ++i, place += ((const kb_hit *)place)->size) {
    const kb_hit *hit = (const kb_hit *)place;
    printf("%s:%llu: %s\n  %s\n", hit->path, (unsigned long long)hit->line,
           hit->heading_count ? hit->headings[hit->heading_count - 1] : "", hit->snippet);
  }
  kb_answer_free(answer);
  kb_close(index);
  return status;
}
