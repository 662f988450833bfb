#include "records.hpp"

#define ZSTD_STATIC_LINKING_ONLY
#define ZDICT_STATIC_LINKING_ONLY
#include <zdict.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <xapian.h>

#include "packing.hpp"

namespace cx {
namespace {

/// Bytes of a dictionary, at most and at least: a part of the records that it is made from. Twice as many save 3 % more
/// and cost each process more to read.
constexpr size_t largest_dictionary = 32 << 10;
constexpr size_t least_dictionary = 1 << 10;
constexpr size_t records_a_dictionary = 32;
/// At 6 records are 5 % smaller, for four times the work.
constexpr int level = 3;
/// What a dictionary is made from: so many bytes of all records, so many of each.
constexpr size_t sample_size = 2 << 20;
constexpr size_t record_sample = 1 << 10;
/// Records are no larger: the size that bytes claim is not believed beyond it, nor beyond what a frame's blocks hold, each
/// of 128 KB, of at least four bytes.
constexpr unsigned long long largest_record = 320ull << 20;
constexpr unsigned long long block_bytes = 128 << 10;
constexpr unsigned long long least_block = 4;

/// How a record is stored: the first byte.
enum Form : char { plain = 0, compressed = 1, with_dictionary = 2 };

void check(size_t code) {
  if (ZSTD_isError(code)) throw Xapian::DatabaseError(std::string("records: ") + ZSTD_getErrorName(code));
}

template <typename Pointer>
Pointer made(Pointer pointer) {
  if (!pointer) throw std::bad_alloc();
  return pointer;
}

std::string train(const std::vector<std::string_view> &records) {
  size_t whole = 0;
  size_t total = 0;
  for (const std::string_view record : records) {
    whole += record.size();
    total += std::min(record.size(), record_sample);
  }
  const size_t capacity = std::min(whole / records_a_dictionary, largest_dictionary);
  if (capacity < least_dictionary) return {};
  const size_t step = total / sample_size + 1;
  std::string samples;
  std::vector<size_t> sizes;
  for (size_t i = 0; i < records.size(); i += step) {
    sizes.push_back(std::min(records[i].size(), record_sample));
    samples.append(records[i].substr(0, record_sample));
  }
  // Fixed, for to search for better ones costs more than it saves.
  ZDICT_fastCover_params_t parameters;
  std::memset(&parameters, 0, sizeof parameters);
  parameters.k = 256;
  parameters.d = 8;
  parameters.f = 18;
  parameters.steps = 1;
  parameters.accel = 2;
  parameters.splitPoint = 1;
  parameters.zParams.compressionLevel = level;
  std::string content(capacity, 0);
  const size_t size = ZDICT_trainFromBuffer_fastCover(&content[0], content.size(), samples.data(), sizes.data(),
                                                      unsigned(sizes.size()), parameters);
  // Too few, or nothing in common.
  if (ZDICT_isError(size)) return {};
  content.resize(size);
  return content;
}

}  // namespace

Dictionary::Dictionary(std::string content) : is_settled(!content.empty()) {
  this->content = std::move(content);
  if (is_settled) prepared = {made(ZSTD_createCDict(this->content.data(), this->content.size(), level)), ZSTD_freeCDict};
}

void Dictionary::settle(const std::vector<std::string_view> &records) {
  const std::lock_guard<std::mutex> lock(mutex);
  if (is_settled || records.empty()) return;
  content = train(records);
  if (!content.empty()) prepared = {made(ZSTD_createCDict(content.data(), content.size(), level)), ZSTD_freeCDict};
  is_settled = true;
}

RecordEncoder::RecordEncoder(const Dictionary &dictionary)
    : context(made(ZSTD_createCCtx()), ZSTD_freeCCtx), dictionary(dictionary.form()) {
  check(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level));
  check(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_format, ZSTD_f_zstd1_magicless));
  check(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_dictIDFlag, 0));
  if (this->dictionary) check(ZSTD_CCtx_refCDict(context.get(), this->dictionary.get()));
}

std::string_view RecordEncoder::encode(std::string_view record) {
  if (record.empty()) return {};
  // What does not become smaller does not fit.
  if (stored.size() < record.size() + 1) stored.resize(record.size() + 1);
  const size_t size = ZSTD_compress2(context.get(), &stored[1], record.size(), record.data(), record.size());
  if (!ZSTD_isError(size)) {
    stored[0] = dictionary ? with_dictionary : compressed;
    return std::string_view(stored).substr(0, size + 1);
  }
  stored[0] = plain;
  std::memcpy(&stored[1], record.data(), record.size());
  return std::string_view(stored).substr(0, record.size() + 1);
}

RecordDecoder::RecordDecoder(std::string_view bytes, std::shared_ptr<const void> owner)
    : context(made(ZSTD_createDCtx()), ZSTD_freeDCtx), owner(std::move(owner)) {
  check(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_format, ZSTD_f_zstd1_magicless));
  if (!bytes.empty())
    dictionary = {made(ZSTD_createDDict_byReference(bytes.data(), bytes.size())), ZSTD_freeDDict};
}

std::string RecordDecoder::decode(const std::string &stored) {
  if (stored.empty()) return {};
  if (stored[0] == plain) return stored.substr(1);
  const bool needs_dictionary = stored[0] == with_dictionary;
  if ((stored[0] != compressed && !needs_dictionary) || (needs_dictionary && !dictionary)) Unpacker::damaged();
  const char *bytes = stored.data() + 1;
  const size_t size = stored.size() - 1;
  ZSTD_frameHeader head;
  if (ZSTD_getFrameHeader_advanced(&head, bytes, size, ZSTD_f_zstd1_magicless) != 0 ||
      head.frameContentSize > std::min(largest_record, (size / least_block + 1) * block_bytes))
    Unpacker::damaged();
  std::string record(size_t(head.frameContentSize), 0);
  check(ZSTD_DCtx_refDDict(context.get(), needs_dictionary ? dictionary.get() : nullptr));
  const size_t count = ZSTD_decompressDCtx(context.get(), &record[0], record.size(), bytes, size);
  if (count != record.size()) Unpacker::damaged();
  return record;
}

}  // namespace cx
