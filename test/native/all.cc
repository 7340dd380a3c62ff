// The tests of all C++ code that makes no system call, with that code. Compiled as one file,
// because most of the compile time is spent in shared headers.
#include "account/ledger.cc"
#include "base/pattern.cc"
#include "load/protocol/bulk/bulk.cc"
#include "load/protocol/echo/echo.cc"
#include "load/protocol/echo/messages.cc"
#include "load/protocol/options.cc"
#include "service/echo/echo.cc"
#include "service/outbox.cc"

#include "board.cc"
#include "bulk_protocol.cc"
#include "conversation.cc"
#include "deadlines.cc"
#include "echo.cc"
#include "echo_protocol.cc"
#include "histogram.cc"
#include "ledger.cc"
#include "lifetime.cc"
#include "messages.cc"
#include "meter.cc"
#include "operations.cc"
#include "outbox.cc"
#include "pacer.cc"
#include "pattern.cc"
#include "phases.cc"
#include "protocol_options.cc"
#include "random.cc"
#include "retry.cc"
#include "slice_gate.cc"
#include "slot_table.cc"
#include "slots.cc"
#include "timers.cc"
#include "waiting_list.cc"

int main() {
  return c10k::test::run_all();
}
