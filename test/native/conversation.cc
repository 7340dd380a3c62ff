#include "load/conversation.h"

#include "check.h"

namespace c10k::conversation_test {
namespace {

using Next = Conversation::Next;
using State = Slot::State;

/// One connection of a load, which may send from 1000 on.
struct Talk {
  LoadSpec spec;
  Meter meter;
  Timers timers;
  std::atomic<Board::Setting> gate{0};
  Conversation conversation;
  Slot slot;

  explicit Talk(const LoadSpec& with)
      : spec(with), meter(with.interval > 0, false), conversation(spec, meter, timers, gate) {
    meter.frame(1000, 2000);
    slot.index = 3;
    slot.generation = 7;
  }
  Next begin() { return conversation.begin(slot, 1000, 1000); }
  Next answer(Nanoseconds at, bool is_last = false) {
    return conversation.answered(slot, is_last, at);
  }
  /// The state after the connection's row was recorded.
  void next_connection() {
    slot.client.requests_before += slot.record.requests;
    slot.record = {};
    slot.is_used_up = false;
    slot.record.free_at = 0;
  }
  ThreadReport report() {
    ThreadReport made;
    meter.fill(made);
    return made;
  }
};

LoadSpec closed_loop(std::uint64_t repeat) {
  LoadSpec spec;
  spec.repeat = repeat;
  return spec;
}

LoadSpec open_loop(Nanoseconds interval) {
  LoadSpec spec;
  spec.interval = interval;
  spec.repeat = 0;
  return spec;
}

TEST("a free connection sends its first message at once") {
  Talk talk(closed_loop(1));
  EQUAL(talk.begin(), Next::send);
  EQUAL(talk.slot.state, State::conversing);
  EQUAL(talk.slot.sent_at, 1000);
  EQUAL(talk.slot.was_due, 1000);
}

TEST("the next message follows an answer, and the connection ends after the last answer") {
  Talk talk(closed_loop(2));
  talk.begin();
  EQUAL(talk.answer(1030), Next::send);
  EQUAL(talk.answer(1050), Next::close);
  EQUAL(talk.slot.state, State::waiting);
  const ClientRecord& record = talk.slot.record;
  EQUAL(record.requests, 2U);
  EQUAL(record.first_answer, 30);
  EQUAL(record.service_min, 20);
  EQUAL(record.service_max, 30);
  EQUAL(record.service_sum, 50);
  EQUAL(talk.report().window.requests, 2U);
}

TEST("no message is started while draining, and an outstanding one is still answered") {
  Talk talk(closed_loop(0));
  talk.begin();
  talk.conversation.drain();
  EQUAL(talk.answer(1010), Next::close);
  EQUAL(talk.slot.record.requests, 1U);
  EQUAL(talk.conversation.advance(talk.slot, 1020), Next::close);
}

TEST("a message waits until it is due") {
  Talk talk(open_loop(100));
  EQUAL(talk.begin(), Next::send);
  EQUAL(talk.answer(1010), Next::wait);
  EQUAL(talk.slot.state, State::waiting);
  EQUAL(talk.timers.next(), 1100);
  EQUAL(talk.timers.take(), talk.slot.token());
  EQUAL(talk.conversation.advance(talk.slot, 1099), Next::wait);
  EQUAL(talk.conversation.advance(talk.slot, 1100), Next::send);
  EQUAL(talk.slot.was_due, 1100);
}

TEST("a message due while its connection is busy is sent after the answer and keeps its due time") {
  Talk talk(open_loop(100));
  talk.begin();
  EQUAL(talk.answer(1150), Next::send);
  EQUAL(talk.slot.sent_at, 1150);
  EQUAL(talk.slot.was_due, 1100);
  talk.answer(1160);
  const ThreadReport report = talk.report();
  EQUAL(report.intervals.at(0).service.min, 10);
  EQUAL(report.intervals.at(0).response.min, 60);
}

TEST("a connection with a lifetime ends exactly when it expires") {
  LoadSpec spec = closed_loop(0);
  spec.lifetime = {Lifetime::Kind::fixed, 100, 0};
  Talk talk(spec);
  talk.begin();
  EQUAL(talk.answer(1099), Next::send);
  EQUAL(talk.answer(1100), Next::close);
}

TEST("a connection that has sent all messages stays open until its lifetime ends") {
  LoadSpec spec = closed_loop(1);
  spec.lifetime = {Lifetime::Kind::fixed, 100, 0};
  Talk talk(spec);
  talk.begin();
  EQUAL(talk.answer(1010), Next::wait);
  EQUAL(talk.timers.next(), 1100);
  EQUAL(talk.conversation.advance(talk.slot, 1100), Next::close);
}

TEST("a shut gate holds the next message without taking it from the schedule") {
  Talk talk(closed_loop(2));
  talk.begin();
  talk.gate = Board::next(talk.gate, Gate::shut);
  EQUAL(talk.answer(1010), Next::hold);
  EQUAL(talk.slot.state, State::waiting);
  EQUAL(talk.report().window.sent, 1U);
}

TEST("a connection that has sent all messages is closed even if the gate is shut") {
  Talk talk(closed_loop(1));
  talk.begin();
  talk.gate = Board::next(talk.gate, Gate::shut);
  EQUAL(talk.answer(1010), Next::close);
}

TEST("a connection held before its first message may send when the gate opens") {
  Talk talk(closed_loop(2));
  talk.gate = Board::next(talk.gate, Gate::shut);
  EQUAL(talk.begin(), Next::hold);
  talk.gate = Board::next(talk.gate, Gate::ramp);
  EQUAL(talk.conversation.resume(talk.slot, 1500, 1510), Next::send);
  talk.answer(1520);
  EQUAL(talk.slot.record.first_answer, 20);
  EQUAL(talk.conversation.resume(talk.slot, 1800, 1810), Next::send);
  EQUAL(talk.slot.record.free_at, 1500);
}

TEST("a client opens another connection when one is used up, until it has sent all messages") {
  LoadSpec spec = closed_loop(3);
  spec.per_connection = 2;
  Talk talk(spec);
  talk.begin();
  EQUAL(talk.answer(1010), Next::send);
  EQUAL(talk.answer(1020), Next::reconnect);
  talk.next_connection();
  EQUAL(talk.conversation.begin(talk.slot, 1030, 1040), Next::send);
  EQUAL(talk.slot.sent_at, 1040);
  EQUAL(talk.answer(1050), Next::close);
  EQUAL(talk.slot.record.first_answer, 20);
}

TEST("an answer that closes ends the connection, and the client if it was the last") {
  Talk talk(closed_loop(2));
  talk.begin();
  EQUAL(talk.answer(1010, true), Next::reconnect);
  talk.next_connection();
  EQUAL(talk.conversation.begin(talk.slot, 1030, 1030), Next::send);
  EQUAL(talk.answer(1050, true), Next::close);
}

TEST("a connection that is used up by the last message stays open until its lifetime ends") {
  LoadSpec spec = closed_loop(1);
  spec.per_connection = 1;
  spec.lifetime = {Lifetime::Kind::fixed, 100, 0};
  Talk talk(spec);
  talk.begin();
  EQUAL(talk.answer(1010), Next::wait);
  EQUAL(talk.conversation.advance(talk.slot, 1100), Next::close);
}

TEST("with a connection per request, latency counts from connect") {
  LoadSpec spec = closed_loop(2);
  spec.per_connection = 1;
  Talk talk(spec);
  talk.begin();
  EQUAL(talk.answer(1010), Next::reconnect);
  talk.next_connection();
  EQUAL(talk.conversation.begin(talk.slot, 1030, 1070), Next::send);
  EQUAL(talk.slot.sent_at, 1030);
  talk.answer(1090);
  EQUAL(talk.slot.record.service_max, 60);
}

TEST("the time between opening a connection and its only message's due time doesn't count") {
  LoadSpec spec = open_loop(100);
  spec.per_connection = 1;
  Talk talk(spec);
  talk.slot.due = 1500;
  EQUAL(talk.begin(), Next::wait);
  EQUAL(talk.conversation.advance(talk.slot, 1502), Next::send);
  EQUAL(talk.slot.sent_at, 1500);
}

TEST("a message that is taken back keeps its due time and is counted as sent once") {
  Talk talk(open_loop(100));
  talk.begin();
  talk.conversation.take_back_message(talk.slot);
  talk.next_connection();
  EQUAL(talk.conversation.begin(talk.slot, 1040, 1040), Next::send);
  EQUAL(talk.slot.was_due, 1000);
  talk.answer(1050);
  talk.conversation.take_back_message(talk.slot);  // none is outstanding
  const ThreadReport report = talk.report();
  EQUAL(report.window.sent, 1U);
  EQUAL(report.intervals.at(0).response.max, 50);
}

TEST("an answer resets the count of failures") {
  Talk talk(closed_loop(2));
  talk.slot.client.failures = 3;
  talk.begin();
  EQUAL(talk.slot.client.failures, 3U);
  talk.answer(1010);
  EQUAL(talk.slot.client.failures, 0U);
}

TEST("a message is lost only if one is outstanding") {
  Talk talk(open_loop(100));
  talk.begin();
  talk.answer(1010);
  talk.conversation.lose_message(talk.slot, 1020);
  CHECK(talk.report().intervals.at(0).response.max == 10);
  talk.conversation.advance(talk.slot, 1100);
  talk.conversation.lose_message(talk.slot, 1120);
  EQUAL(talk.report().intervals.at(0).response.max, 900);  // at least until the window's end
}

TEST("messages due until now and not sent are dropped") {
  Talk talk(open_loop(100));
  talk.begin();
  talk.conversation.drop_due(talk.slot, 1300);
  EQUAL(talk.report().window.dropped, 3U);
  talk.conversation.drop_due(talk.slot, 1300);
  EQUAL(talk.report().window.dropped, 3U);
}

TEST("a connection that has ended drops nothing beyond its lifetime") {
  LoadSpec spec = open_loop(100);
  spec.lifetime = {Lifetime::Kind::fixed, 250, 0};
  Talk talk(spec);
  talk.begin();
  talk.conversation.drop_rest(talk.slot, 1900);
  EQUAL(talk.report().window.dropped, 2U);  // of 1100 and 1200
}

}  // namespace
}  // namespace c10k::conversation_test
