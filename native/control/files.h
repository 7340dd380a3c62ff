// The baseline of the file service.
#pragma once

#include <sys/sendfile.h>

#include <memory>
#include <vector>

#include "control/loop.h"
#include "service/files/files.h"
#include "service/unread_input.h"

namespace c10k {

/// Closes a connection on an upload that fails, or on a command behind a reply that the socket
/// doesn't take at once.
class ControlFiles {
 public:
  explicit ControlFiles(const FilesOptions& options)
      : make_wire_(options.make_wire), storage_(options.storage) {}

  void opened(int fd) {
    if (static_cast<std::size_t>(fd) >= states_.size()) states_.resize(fd + 1024);
    states_[fd] = std::make_unique<State>(make_wire_());
  }

  bool ready(int fd, std::uint32_t events) {
    const bool ending = is_ending(events);
    State& state = *states_[fd];
    for (;;) {
      if (!send_more(fd, state)) return false;
      if (!state.out.empty()) return true;
      const ssize_t count = ::recv(fd, buffer_.data(), buffer_.size(), 0);
      if (count < 0 && errno == EAGAIN) return true;
      if (count <= 0 || !take(state, Bytes(buffer_).first(count))) return false;
      if (state.out.empty() && count < static_cast<ssize_t>(buffer_.size()) && !ending) return true;
    }
  }

 private:
  struct State {
    explicit State(std::unique_ptr<Wire> its_wire) : wire(std::move(its_wire)) {}

    std::unique_ptr<Wire> wire;
    UnreadInput input;
    Outbox out;
    StoredFile file;
    std::uint64_t position = 0;
    bool is_downloading = false;
    Upload upload;
    bool is_uploading = false;
  };

  /// Until the reply is sent or the socket full. False if it is broken.
  bool send_more(int fd, State& state) {
    for (;;) {
      while (!state.out.empty()) {
        const ssize_t count = send_some(fd, state.out);
        if (count <= 0) return count < 0 && errno == EAGAIN;
        state.out.consume(count);
      }
      if (!state.is_downloading) {
        state.file = {};
        if (!state.is_uploading) state.wire->end_transfer();
        return true;
      }
      if (!queue_part(state)) return false;
    }
  }

  static ssize_t send_some(int fd, const Outbox& out) {
    const Bytes front = out.front();
    const FileRange& file = out.file();
    if (!front.empty())
      return ::send(fd, front.data(), front.size(),
                    MSG_NOSIGNAL | (file.length > 0 ? MSG_MORE : 0));
    off_t offset = file.offset;
    return ::sendfile(fd, file.fd, &offset, file.length);
  }

  bool queue_part(State& state) {
    const Wire::Part part = state.wire->send(state.file, state.position, state.out, work_);
    state.position += part.length;
    state.is_downloading = !part.is_last;
    return !part.failed;
  }

  bool take(State& state, Bytes in) {
    state.input.add(in);
    while (!state.input.empty()) {
      if (!state.out.empty()) return false;
      if (state.is_uploading) {
        if (!receive_more(state)) return false;
        continue;
      }
      const Wire::Head head = state.wire->read_head(state.input.bytes());
      if (head.bytes == 0) break;
      state.input.consume(head.bytes);
      if (head.command.is_last || !begin(state, head.command)) return false;
    }
    state.input.keep();
    return true;
  }

  bool begin(State& state, const FileCommand& command) {
    if (command.error != nullptr) {
      state.wire->refuse(command.error, state.out);
      return command.kind != FileCommand::Kind::upload;
    }
    switch (command.kind) {
      case FileCommand::Kind::list:
        state.wire->list(storage_.list(work_).names, state.out);
        return true;
      case FileCommand::Kind::get:
        state.file = storage_.open(command.name, work_);
        state.position = 0;
        return state.file.error == 0 ? queue_part(state) : conclude(state, state.file.error);
      case FileCommand::Kind::upload:
        state.upload = storage_.create(command.name, work_);
        state.is_uploading = true;
        state.wire->begin_content(command);
        return receive_more(state);
      default:
        return conclude(state, storage_.remove(command.name, work_));
    }
  }

  static bool conclude(State& state, int error) {
    if (error == 0)
      state.wire->confirm(state.out);
    else
      state.wire->refuse(storage_error(error), state.out);
    return true;
  }

  bool receive_more(State& state) {
    const Wire::Content content = state.wire->read_content(state.input.bytes());
    state.input.consume(content.read);
    if (content.error != nullptr || state.upload.write(content.bytes, work_) != 0) return false;
    if (!content.is_whole) return true;
    state.is_uploading = false;
    state.wire->end_transfer();
    state.wire->confirm(state.out);
    return state.upload.commit(work_) == 0;
  }

  std::unique_ptr<Wire> (*make_wire_)();
  const Storage storage_;
  StorageWork work_;
  std::vector<std::unique_ptr<State>> states_;  // by descriptor
  std::vector<std::byte> buffer_ = std::vector<std::byte>(64 * 1024);
};

}  // namespace c10k
