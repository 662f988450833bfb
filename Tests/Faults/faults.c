// Preloaded into the program: makes one of its calls to the file system the last one, or fail.
//
// FAULT_FOLDER  only calls on paths below it count
// FAULT_AT      which of them, from 1; 0 only counts
// FAULT_KIND    "before" or "after": the process is killed there; "full", "io": the call fails with
//               ENOSPC or EIO, and so does every later one that writes; "denied": with EACCES
// FAULT_LOG     a file that gets the number of calls and the name of the one that was hit
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_long calls;

static const char *folder(void) { return getenv("FAULT_FOLDER"); }

static int counts_path(const char *path) {
  const char *base = folder();
  return base && path && strncmp(path, base, strlen(base)) == 0;
}

static int counts_descriptor(int descriptor) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  return counts_path(path);
}

static void note(const char *name, long number) {
  const char *log = getenv("FAULT_LOG");
  if (!log) return;
  int file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) return;
  char line[128];
  int size = snprintf(line, sizeof line, "%ld %s\n", number, name);
  if (syscall(SYS_write, file, line, size) < 0) _exit(99);
  syscall(SYS_close, file);
}

/// The error that a call is to fail with; 0 for none. Kills the process where that is asked for.
static int enter(const char *name, int is_counted) {
  if (!is_counted) return 0;
  long number = atomic_fetch_add(&calls, 1) + 1;
  long at = atol(getenv("FAULT_AT") ? getenv("FAULT_AT") : "0");
  const char *kind = getenv("FAULT_KIND") ? getenv("FAULT_KIND") : "";
  if (at == 0) note(name, number);
  if (at == 0 || number < at) return 0;
  if (number == at) note(name, number);
  if (!strcmp(kind, "before") && number == at) kill(getpid(), SIGKILL);
  if (!strcmp(kind, "full")) return ENOSPC;
  if (!strcmp(kind, "io")) return EIO;
  if (!strcmp(kind, "denied")) return EACCES;
  return 0;
}

static void leave(int is_counted) {
  if (!is_counted) return;
  long at = atol(getenv("FAULT_AT") ? getenv("FAULT_AT") : "0");
  const char *kind = getenv("FAULT_KIND") ? getenv("FAULT_KIND") : "";
  if (at && atomic_load(&calls) == at && !strcmp(kind, "after")) kill(getpid(), SIGKILL);
}

#define GUARDED(type, name, is_counted, parameters, ...)                        \
  type name parameters {                                                        \
    static type(*next) parameters;                                              \
    if (!next) next = (type(*) parameters)dlsym(RTLD_NEXT, #name);              \
    int counted = (is_counted);                                                 \
    int error = enter(#name, counted);                                          \
    if (error) {                                                                \
      errno = error;                                                            \
      return -1;                                                                \
    }                                                                           \
    type result = next(__VA_ARGS__);                                            \
    int saved = errno;                                                          \
    leave(counted);                                                             \
    errno = saved;                                                              \
    return result;                                                              \
  }

GUARDED(int, rename, counts_path(to), (const char *from, const char *to), from, to)
GUARDED(int, unlink, counts_path(path), (const char *path), path)
GUARDED(int, rmdir, counts_path(path), (const char *path), path)
GUARDED(int, mkdir, counts_path(path), (const char *path, mode_t mode), path, mode)
GUARDED(int, fsync, counts_descriptor(file), (int file), file)
GUARDED(int, fdatasync, counts_descriptor(file), (int file), file)
GUARDED(ssize_t, write, counts_descriptor(file), (int file, const void *data, size_t size), file,
        data, size)
GUARDED(ssize_t, pwrite, counts_descriptor(file),
        (int file, const void *data, size_t size, off_t offset), file, data, size, offset)
GUARDED(ssize_t, pwrite64, counts_descriptor(file),
        (int file, const void *data, size_t size, off64_t offset), file, data, size, offset)

static int open_guarded(const char *name, const char *path, int flags, mode_t mode) {
  int counted = (flags & (O_WRONLY | O_RDWR)) && counts_path(path);
  int error = enter(name, counted);
  if (error) {
    errno = error;
    return -1;
  }
  int result = syscall(SYS_openat, AT_FDCWD, path, flags, mode);
  int saved = errno;
  leave(counted);
  errno = saved;
  return result;
}

int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
  va_end(list);
  return open_guarded("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
  va_end(list);
  return open_guarded("open64", path, flags, mode);
}
