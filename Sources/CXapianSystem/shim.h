// Empty on purpose: Xapian has a C++ interface only; this module names the library to link.
