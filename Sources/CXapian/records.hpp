// What is stored of documents, compressed with a dictionary of what their like have in common.
#ifndef CXAPIAN_RECORDS_HPP
#define CXAPIAN_RECORDS_HPP

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

struct ZSTD_CCtx_s;
struct ZSTD_CDict_s;
struct ZSTD_DCtx_s;
struct ZSTD_DDict_s;

namespace cx {

/// Metadata key of a run's dictionary. A database's stands in its file of documents.
constexpr std::string_view dictionary_key = "dictionary";

/// The dictionary of all runs of a build. The first run that is written makes it, where none was given.
class Dictionary {
  std::mutex mutex;
  std::string content;
  bool is_settled;
  std::shared_ptr<const ZSTD_CDict_s> prepared;

 public:
  explicit Dictionary(std::string content);

  /// Settles the dictionary: from records where there is none yet.
  void settle(const std::vector<std::string_view> &records);
  /// Its bytes and its form for compressing; empty and null where there is none. To be asked when it is settled.
  const std::string &bytes() const { return content; }
  const std::shared_ptr<const ZSTD_CDict_s> &form() const { return prepared; }
};

/// Compresses records.
class RecordEncoder {
  std::shared_ptr<ZSTD_CCtx_s> context;
  std::shared_ptr<const ZSTD_CDict_s> dictionary;
  std::string stored;

 public:
  explicit RecordEncoder(const Dictionary &dictionary);
  /// What is stored of a record; it holds until the next one. Nothing is stored of an empty one.
  std::string_view encode(std::string_view record);
};

/// Reads records.
class RecordDecoder {
  std::shared_ptr<ZSTD_DCtx_s> context;
  std::shared_ptr<const ZSTD_DDict_s> dictionary;
  std::shared_ptr<const void> owner;

 public:
  /// The database's dictionary, which may be empty, and what it stands in.
  RecordDecoder(std::string_view bytes, std::shared_ptr<const void> owner);
  /// The record; throws where the bytes are something else.
  std::string decode(const std::string &stored);
};

}  // namespace cx
#endif
