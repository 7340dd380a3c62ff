#include "service/files/files.h"

#include <algorithm>
#include <utility>

#include "service/unread_input.h"

namespace c10k {
namespace {

using Kind = FileCommand::Kind;

constexpr OperationName operation_name(Kind kind) {
  switch (kind) {
    case Kind::list:
      return "list";
    case Kind::get:
      return "download";
    case Kind::upload:
      return "upload";
    case Kind::remove:
      return "delete";
    case Kind::unknown:
      return {};
  }
  return {};
}

/// One command at a time: the next one is read when the reply is with the kernel, and counted then.
class FilesSession final : public Session {
 public:
  FilesSession(const Storage& storage, std::unique_ptr<Wire> wire, std::uint64_t largest,
               TransferReports transfers)
      : storage_(storage), wire_(std::move(wire)), largest_(largest), transfers_(transfers) {}

  Done on_data(Bytes in, Outbox& out) override {
    input_.add(in);
    return advance(out);
  }

  Done on_sent(Outbox& out) override {
    transfers_.received(std::exchange(unconfirmed_, 0));
    if (is_downloading_)
      send_more(out);
    else
      end_command();
    return advance(out);
  }

  Done on_end(Outbox& out) override {
    if (is_uploading_ || !input_.empty()) {
      upload_ = {};
      wire_->refuse("incomplete", out);
      ++done_.refused;
    }
    out.finish();
    return take_done();
  }

 private:
  /// Handles what is unread, up to the first command whose reply must be sent.
  Done advance(Outbox& out) {
    while (!input_.empty() && !out.continues() && !out.finished()) {
      if (is_uploading_) {
        receive_more(out);
        continue;
      }
      const Wire::Head head = wire_->read_head(input_.bytes());
      if (head.bytes == 0) break;
      input_.consume(head.bytes);
      begin(head.command, out);
    }
    input_.keep();
    return take_done();
  }

  void begin(const FileCommand& command, Outbox& out) {
    transfers_.begin(operation_name(command.kind));
    if (command.kind == Kind::upload && !command.is_last) return begin_upload(command, out);
    if (command.error != nullptr) {
      refuse(command.error, out);
      return command.is_last ? out.finish() : out.go_on();
    }
    switch (command.kind) {
      case Kind::list:
        return list(out);
      case Kind::get:
        return begin_download(command, out);
      default:
        return conclude(storage_.remove(command.name, done_.storage), out);
    }
  }

  void list(Outbox& out) {
    const Storage::Listing listing = storage_.list(done_.storage);
    if (listing.error != 0) return conclude(listing.error, out);
    wire_->list(listing.names, out);
    out.go_on();
  }

  /// Replies to a command that needs no more than an error or its absence.
  void conclude(int error, Outbox& out) {
    if (error == 0)
      wire_->confirm(out);
    else
      refuse(storage_error(error), out);
    out.go_on();
  }

  void begin_download(const FileCommand& command, Outbox& out) {
    file_ = storage_.open(command.name, done_.storage);
    if (file_.error != 0) return conclude(file_.error, out);
    position_ = 0;
    is_downloading_ = true;
    send_more(out);
  }

  void send_more(Outbox& out) {
    const Wire::Part part = wire_->send(file_, position_, out, done_.storage);
    position_ += part.length;
    if (wire_->is_verbatim())
      transfers_.queued(part.length);
    else
      unconfirmed_ = part.length;
    is_downloading_ = !part.is_last && !part.failed;
    // After a failure the peer learns from the end that the reply is incomplete.
    if (part.failed)
      out.finish();
    else
      out.go_on();
  }

  /// The content of a refused upload is read too, to find the next command.
  void begin_upload(const FileCommand& command, Outbox& out) {
    is_uploading_ = true;
    error_ = command.error;
    received_ = stored_ = 0;
    if (command.length > largest_) return abandon_upload("too large", out);
    wire_->begin_content(command);
    if (error_ == nullptr) {
      upload_ = storage_.create(command.name, done_.storage);
      note(upload_.error());
    }
    receive_more(out);
  }

  void receive_more(Outbox& out) {
    const Wire::Content content = wire_->read_content(input_.bytes());
    input_.consume(content.read);
    received_ += content.read;
    stored_ += content.bytes.size();
    transfers_.received(content.bytes.size());
    if (stored_ > largest_ || received_ > wire_->most_received(largest_))
      return abandon_upload("too large", out);
    if (content.error != nullptr && error_ == nullptr) error_ = content.error;
    if (error_ == nullptr) note(upload_.write(content.bytes, done_.storage));
    // What is stored of a refused upload must not take up room while the rest arrives.
    if (error_ != nullptr) upload_ = {};
    if (content.is_whole) end_upload(out);
  }

  void end_upload(Outbox& out) {
    is_uploading_ = false;
    wire_->end_transfer();
    if (error_ == nullptr) note(upload_.commit(done_.storage));
    upload_ = {};
    if (error_ == nullptr)
      wire_->confirm(out);
    else
      refuse(error_, out);
    out.go_on();
  }

  void abandon_upload(const char* why, Outbox& out) {
    is_uploading_ = false;
    upload_ = {};
    wire_->end_transfer();
    refuse(why, out);
    out.finish();
  }

  void note(int error) {
    if (error != 0) error_ = storage_error(error);
  }

  void refuse(const char* why, Outbox& out) {
    wire_->refuse(why, out);
    transfers_.end(TransferOutcome::refused);
    ++done_.refused;
    is_refused_ = true;
  }

  void end_command() {
    file_ = {};
    wire_->end_transfer();
    if (std::exchange(is_refused_, false)) return;
    transfers_.end(TransferOutcome::done);
    ++done_.requests;
  }

  Done take_done() { return std::exchange(done_, {}); }

  const Storage& storage_;
  const std::unique_ptr<Wire> wire_;
  const std::uint64_t largest_;
  const TransferReports transfers_;
  UnreadInput input_;
  Done done_;
  bool is_refused_ = false;  // the command whose reply is being sent

  bool is_downloading_ = false;
  StoredFile file_;
  std::uint64_t position_ = 0;
  /// Bytes of the file whose encoded form is queued.
  std::uint64_t unconfirmed_ = 0;

  bool is_uploading_ = false;
  Upload upload_;
  /// Why the upload is refused.
  const char* error_ = nullptr;
  /// Of the content, as the peer sent it, and as it is stored.
  std::uint64_t received_ = 0;
  std::uint64_t stored_ = 0;
};

}  // namespace

FilesService::FilesService(const FilesOptions& options)
    : options_(options), storage_(options.storage) {}

std::unique_ptr<Session> FilesService::open(const Address&, TransferReports transfers) {
  return std::make_unique<FilesSession>(storage_, options_.make_wire(), options_.largest,
                                        transfers);
}

FilesOptions read_files_options(const NamedOptions& options) {
  OptionReader reader("files", options);
  FilesOptions read;
  if (reader.choice_or_first("wire", {"base64", "raw"}) == 1) read.make_wire = make_raw_wire;
  read.storage = reader.text("storage");
  read.largest = reader.number_or("largest", 1, kLargestUpload, kLargestUpload);
  reader.finish();
  return read;
}

MakeService read_files(const NamedOptions& options) {
  const FilesOptions read = read_files_options(options);
  // Each loop opens the directory in its own descriptor table; a wrong one must fail before that.
  // Uploads are tried here alone, so that a loop starts on a disk that has become full.
  Storage(read.storage).check_uploads();
  return [read] { return std::make_unique<FilesService>(read); };
}

}  // namespace c10k
