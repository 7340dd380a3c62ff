// A session of the file service in either wire format, with a peer that takes everything at once.
#pragma once

#include <unistd.h>

#include <cstring>
#include <stdexcept>

#include "check.h"
#include "random_bytes.h"
#include "reference_base64.h"
#include "service/files/files.h"
#include "temporary_directory.h"

namespace c10k::files_session {

using test::Names;
using test::random_bytes;

/// A wire format as a client writes and reads it.
struct Format {
  std::unique_ptr<Wire> (*make)();
  bool is_raw;

  std::string line(const std::string& command) const {
    return command + (is_raw ? "\n" : "\r\n\r\n");
  }
  std::string upload(const std::string& name, std::string_view content) const {
    const std::string start = "UPLOAD " + name + ' ';
    return is_raw ? start + std::to_string(content.size()) + '\n' + std::string(content)
                  : line(start + test::reference_encoding(content));
  }
  std::string ok() const { return is_raw ? "OK 0\n" : line(R"({"status":"OK","data":null})"); }
  std::string content(std::string_view bytes) const {
    return is_raw ? "OK " + std::to_string(bytes.size()) + '\n' + std::string(bytes)
                  : line(R"({"status":"OK","data":")" + test::reference_encoding(bytes) + "\"}");
  }
  std::string names(const Names& names) const {
    std::string text;
    for (const std::string& name : names)
      text += is_raw ? name + '\n' : (text.empty() ? "" : ",") + ('"' + name + '"');
    return is_raw ? content(text) : line(R"({"status":"OK","data":[)" + text + "]}");
  }
  std::string error(const std::string& why) const {
    return is_raw ? "ERROR " + why + '\n' : line(R"({"status":"ERROR","data":")" + why + "\"}");
  }
};

inline constexpr Format kRaw{make_raw_wire, true};
inline constexpr Format kBase64{make_base64_wire, false};
inline constexpr Format kFormats[] = {kRaw, kBase64};

/// A session with a peer that takes everything at once.
struct Peer {
  explicit Peer(const Format& format, std::uint64_t largest = kLargestUpload)
      : service({format.make, directory.path(), largest}),
        recorder(std::make_unique<TransferRecorder>(log, Address(), 5)),
        session(service.open({}, TransferReports(recorder.get()))) {}

  /// Received bytes, in a buffer that is reused at once. Nothing is sent yet.
  void receive(std::string_view in) {
    std::string buffer(in);
    add(session->on_data(bytes_of(buffer), out));
    out.keep();
    buffer.assign(buffer.size(), 'X');
  }
  std::string ask(std::string_view in) {
    receive(in);
    return take();
  }
  /// The answer to bytes that arrive in parts. As an engine does, it sends before it receives.
  std::string ask_in_parts(std::string_view in, std::size_t length) {
    std::string answer;
    for (; !in.empty(); in.remove_prefix(std::min(length, in.size())))
      answer += ask(in.substr(0, length));
    return answer;
  }
  std::string end() {
    add(session->on_end(out));
    return take();
  }
  std::string take() {
    std::string answer;
    do answer += take_queued();
    while (go_on());
    return answer;
  }
  /// What is queued now.
  std::string take_queued() {
    std::string answer;
    while (!out.empty()) answer += take_piece(out.next_length());
    return answer;
  }
  /// The bytes that one send takes.
  std::string take_piece(std::size_t length) {
    std::string piece(length, '\0');
    if (const Bytes front = out.front(); !front.empty())
      std::memcpy(piece.data(), front.data(), length);
    else if (::pread(out.file().fd, piece.data(), length, out.file().offset) !=
             static_cast<ssize_t>(length))
      throw std::runtime_error("the file is shorter than the reply");
    out.consume(length);
    return piece;
  }
  bool go_on() {
    if (!out.take_continuation()) return false;
    add(session->on_sent(out));
    return true;
  }
  void add(Done done) {
    requests += done.requests;
    refused += done.refused;
    calls += done.storage.calls;
    time += done.storage.time;
  }
  /// What Connection::end_session() does.
  void close() {
    recorder->take_back(out.unsent());
    session.reset();
    recorder.reset();
  }
  /// The transfers that have ended: operation, bytes and outcome.
  std::string transfers() {
    std::string text;
    for (const TransferRecord& row : log.take().rows) {
      CHECK(row.opened == 5 && row.began > 0 && row.ended >= row.began);
      EQUAL(row.number, ++rows);
      text += text.empty() ? "" : ", ";
      text += std::string(row.operation.get()) + ' ' + std::to_string(row.bytes) + ' ' +
              kTransferOutcomeNames[static_cast<int>(row.outcome)];
    }
    return text;
  }
  /// Nothing is stored, not even without a name.
  bool has_stored_nothing() const {
    return directory.names().empty() && directory.open_files() == 0;
  }

  test::TemporaryDirectory directory;
  FilesService service;
  TransferTable log{100};
  std::unique_ptr<TransferRecorder> recorder;
  std::unique_ptr<Session> session;
  Outbox out;
  std::uint32_t rows = 0;
  std::size_t requests = 0;
  std::size_t refused = 0;
  std::size_t calls = 0;
  Nanoseconds time = 0;
};

}  // namespace c10k::files_session
