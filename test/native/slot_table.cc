#include "base/slot_table.h"

#include "check.h"

namespace c10k::slot_table_test {
namespace {

struct Number {
  int value = 0;
};
using Table = SlotTable<Number>;

TEST("an empty table finds nothing") {
  Table table;
  EQUAL(table.live(), 0U);
  EQUAL(table.find(0), nullptr);
  EQUAL(table.find(~Token{0}), nullptr);
  table.for_each_open([](Table::Entry&) { CHECK(false); });
}

TEST("slots are opened from the lowest on") {
  Table table;
  for (std::uint32_t i = 0; i < 200; ++i) EQUAL(table.open().index, i);
  EQUAL(table.live(), 200U);
}

TEST("a slot that was never opened is not found") {
  Table table;
  table.open();
  EQUAL(table.find(SlotId{.index = 1, .generation = 0}.token()), nullptr);
  EQUAL(table.find(SlotId{.index = 64, .generation = 0}.token()), nullptr);
}

TEST("a token is stale after its slot is released, and after it is reused") {
  Table table;
  Table::Entry& entry = table.open();
  const Token first = entry.token();
  EQUAL(table.find(first), &entry);
  table.release(entry);
  EQUAL(table.live(), 0U);
  EQUAL(table.find(first), nullptr);
  EQUAL(table.find(entry.token()), nullptr);

  Table::Entry& next = table.open();
  EQUAL(&next, &entry);
  EQUAL(table.find(first), nullptr);
  EQUAL(table.find(next.token()), &next);
}

TEST("a token whose generation differs in any one bit is stale") {
  Table table;
  Table::Entry& entry = table.open();
  entry.generation = 0x5555'5555;
  for (int bit = 0; bit < 32; ++bit) {
    const SlotId other{.index = 0, .generation = entry.generation ^ 1U << bit};
    EQUAL(table.find(other.token()), nullptr);
  }
  EQUAL(table.find(entry.token()), &entry);
}

TEST("generations wrap around") {
  Table table;
  Table::Entry& entry = table.open();
  entry.generation = 0xffff'ffff;
  const Token last = entry.token();
  EQUAL(table.find(last), &entry);
  table.release(entry);
  table.open();
  EQUAL(table.find(last), nullptr);
  EQUAL(table.find(0), &entry);
}

TEST("the slot released last is reused first") {
  Table table;
  Table::Entry& first = table.open();
  Table::Entry& second = table.open();
  table.release(second);
  table.release(first);
  EQUAL(&table.open(), &first);
  EQUAL(&table.open(), &second);
}

TEST("entries keep their addresses while the table grows") {
  Table table;
  std::vector<Table::Entry*> entries;
  for (int i = 0; i < 1000; ++i) {
    entries.push_back(&table.open());
    entries.back()->value = i;
  }
  for (int i = 0; i < 1000; ++i) {
    EQUAL(table.find(entries[i]->token()), entries[i]);
    EQUAL(entries[i]->value, i);
  }
}

TEST("only open slots are visited, even if each is released during the visit") {
  Table table;
  for (int i = 0; i < 70; ++i) table.open().value = i;
  table.release(*table.find(SlotId{.index = 3, .generation = 0}.token()));
  int visited = 0;
  int sum = 0;
  table.for_each_open([&](Table::Entry& entry) {
    ++visited;
    sum += entry.value;
    table.release(entry);
  });
  EQUAL(visited, 69);
  EQUAL(sum, 69 * 70 / 2 - 3);
  EQUAL(table.live(), 0U);
}

}  // namespace
}  // namespace c10k::slot_table_test
