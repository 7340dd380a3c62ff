// Sessions of the file service: the same commands in other pieces have the same effects, those that
// are known beforehand if nothing was changed, and take bounded memory.
#include <map>
#include <string>

#include "fuzz/commands.h"
#include "fuzz/heap.h"
#include "fuzz/mutation.h"
#include "fuzz/target.h"

namespace c10k::fuzz {
namespace {

using files_session::Peer;

/// A receive buffer's bytes unread and unsent, and the buffers of one transfer.
constexpr std::ptrdiff_t kMostMemory = 512 * 1024;

/// What a session has done, as far as it does not depend on the pieces.
struct Effects {
  std::string replies;
  std::string transfers;
  std::string files;
  std::size_t requests = 0;
  std::size_t refused = 0;
  bool finished = false;
};

/// Sends what is queued, in pieces of any length, and continues until nothing is left.
std::string take(Peer& peer, HeapGrowth& growth, Choices& choices) {
  std::string taken;
  const bool is_slow = choices.once_in(2);
  for (bool goes_on = true; goes_on;) {
    while (!peer.out.empty()) {
      const std::size_t most = peer.out.next_length();
      taken += peer.take_piece(is_slow ? choices.between(1, most) : most);
      const HeapGrowth::Scope scope(growth);
      peer.out.keep();
    }
    const HeapGrowth::Scope scope(growth);
    goes_on = peer.go_on();
  }
  return taken;
}

/// The payload is left out where it depends on the pieces: of what is too large, how much was read
/// before that was known.
std::string rows_of(TransferTable& log) {
  std::string text;
  for (const TransferRecord& row : log.take().rows) {
    const bool is_refused = row.outcome == TransferOutcome::refused;
    text += std::string(row.operation.get()) + ' ' + (is_refused ? "" : std::to_string(row.bytes)) +
            ' ' + kTransferOutcomeNames[static_cast<int>(row.outcome)] + '\n';
  }
  return text;
}

std::string files_of(const test::TemporaryDirectory& directory) {
  std::string text;
  for (const std::string& name : directory.names())
    text += name + ": " + directory.content(name) + '\n';
  return text;
}

Effects effects_of(const Script& script, Pieces pieces, Choices& choices) {
  HeapGrowth growth;
  Peer peer(script.format, script.largest);
  Effects effects;
  for (std::string_view rest = script.text; !rest.empty() && !peer.out.finished();) {
    const std::string_view piece = pieces.take(rest);
    {
      const HeapGrowth::Scope scope(growth);
      peer.receive(piece);
    }
    CHECK(growth.bytes() < kMostMemory);
    effects.replies += take(peer, growth, choices);
  }
  if (script.ends && !peer.out.finished()) effects.replies += peer.end();
  effects.finished = peer.out.finished();
  peer.close();
  CHECK(peer.directory.open_files() == 0);
  effects.transfers = rows_of(peer.log);
  effects.files = files_of(peer.directory);
  effects.requests = peer.requests;
  effects.refused = peer.refused;
  return effects;
}

void check_equal(const Effects& found, const Effects& wanted) {
  EQUAL(found.replies, wanted.replies);
  EQUAL(found.transfers, wanted.transfers);
  EQUAL(found.files, wanted.files);
  EQUAL(found.requests, wanted.requests);
  EQUAL(found.refused, wanted.refused);
  EQUAL(found.finished, wanted.finished);
}

/// Each file belongs to an upload that was confirmed.
void check_committed(const Effects& effects) {
  std::size_t uploads = 0;
  for (std::size_t at = 0; (at = effects.transfers.find("upload ", at)) != std::string::npos; ++at)
    if (effects.transfers.substr(at, effects.transfers.find('\n', at) - at).ends_with(" done"))
      ++uploads;
  CHECK(uploads > 0 || effects.files.empty());
}

void fuzz_session(Choices& choices) {
  Script script = make_script(choices);
  const bool is_changed = mutate(script.text, choices);
  note_input(script.text);
  const Effects whole = effects_of(script, Pieces::whole(choices), choices);
  check_equal(effects_of(script, Pieces(choices), choices), whole);
  check_committed(whole);
  if (is_changed) return;
  EQUAL(whole.replies, script.replies);
  EQUAL(whole.files, script.files);
  CHECK(whole.finished == (script.ends || script.is_refused));
}

}  // namespace
}  // namespace c10k::fuzz
