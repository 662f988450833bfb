#ifndef CXAPIAN_H
#define CXAPIAN_H
/// Version of the Xapian library that this program runs with, as "1.4.22".
#ifdef __cplusplus
extern "C"
#endif
const char *cx_version(void);
#endif
