#include "service/bulk/bulk.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/pattern.h"
#include "service/bulk/request.h"
#include "service/unread_input.h"

namespace c10k {
namespace {

/// A request is counted when its answer is with the kernel. One is answered at a time, so that the
/// session owns at most one line of answer.
class BulkSession final : public Session {
 public:
  /// `file`: null to send from memory.
  BulkSession(const PatternFile* file, TransferReports transfers)
      : file_(file), transfers_(transfers) {}

  Done on_data(Bytes in, Outbox& out) override {
    input_.add(in);
    return advance({}, out);
  }

  Done on_sent(Outbox& out) override {
    if (to_send_ > 0) {
      send_more(out);
      return {};
    }
    transfers_.end(TransferOutcome::done);
    return advance({.requests = 1}, out);
  }

  Done on_end(Outbox& out) override {
    const bool incomplete = to_receive_ > 0 || !input_.empty();
    if (incomplete) out.write(bytes_of("ERROR incomplete\n"));
    out.finish();
    return {.refused = incomplete};
  }

 private:
  /// Handles what is unread, up to the first request whose answer must be sent.
  Done advance(Done done, Outbox& out) {
    while (!input_.empty() && !out.continues() && !out.finished()) {
      if (to_receive_ > 0) {
        receive_more(out);
      } else if (const BulkLine line = read_bulk_line(input_.bytes()); line.bytes > 0) {
        input_.consume(line.bytes);
        begin(line.request, done, out);
      } else {
        break;
      }
    }
    input_.keep();
    return done;
  }

  void begin(const BulkRequest& request, Done& done, Outbox& out) {
    switch (request.command) {
      case BulkRequest::Command::get:
        transfers_.begin("get");
        sent_ = 0;
        to_send_ = request.length;
        return send_more(out);
      case BulkRequest::Command::put:
        transfers_.begin("put");
        length_ = to_receive_ = request.length;
        return;
      case BulkRequest::Command::refused:
        transfers_.begin({});
        transfers_.end(TransferOutcome::refused);
        out.write(bytes_of(request.error));
        out.finish();
        ++done.refused;
    }
  }

  void receive_more(Outbox& out) {
    const std::uint64_t count = std::min<std::uint64_t>(input_.bytes().size(), to_receive_);
    input_.consume(count);
    to_receive_ -= count;
    transfers_.received(count);
    if (to_receive_ > 0) return;
    const int size = std::snprintf(line_.data(), line_.size(), "OK %llu\n",
                                   static_cast<unsigned long long>(length_));
    out.write(bytes_of({line_.data(), static_cast<std::size_t>(size)}));
    out.go_on();
  }

  void send_more(Outbox& out) {
    std::size_t count;
    if (file_ != nullptr) {
      const auto [offset, length] = PatternFile::part(sent_, to_send_);
      count = length;
      out.send({file_->fd(), offset, length});
    } else {
      count = std::min<std::uint64_t>(to_send_, kPatternView);
      out.write({pattern_at(sent_), count});
    }
    sent_ += count;
    to_send_ -= count;
    transfers_.queued(count);
    out.go_on();
  }

  const PatternFile* file_;
  const TransferReports transfers_;
  UnreadInput input_;
  /// GET: the bytes queued so far and those left.
  std::uint64_t sent_ = 0;
  std::uint64_t to_send_ = 0;
  /// PUT: the length of the payload, and what is left to receive.
  std::uint64_t length_ = 0;
  std::uint64_t to_receive_ = 0;
  std::array<char, kBulkLine> line_;
};

}  // namespace

BulkService::BulkService(BulkSource source) {
  if (source == BulkSource::file) file_.emplace();
}

std::unique_ptr<Session> BulkService::open(const Address&, TransferReports transfers) {
  return std::make_unique<BulkSession>(file_ ? &*file_ : nullptr, transfers);
}

BulkSource read_bulk_source(const NamedOptions& options) {
  OptionReader reader("bulk", options);
  const auto source = static_cast<BulkSource>(reader.choice_or_first("source", {"memory", "file"}));
  reader.finish();
  return source;
}

MakeService read_bulk(const NamedOptions& options) {
  return [source = read_bulk_source(options)] { return std::make_unique<BulkService>(source); };
}

}  // namespace c10k
