/* For the library itself. */
#ifndef KBSEARCH_PRIVATE_H
#define KBSEARCH_PRIVATE_H
void kbp_set_last_error(const char *text);
const char *kbp_last_error(void);
#endif
