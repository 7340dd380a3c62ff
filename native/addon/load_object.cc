#include "addon/load_object.h"

#include "account/histogram.h"
#include "addon/marshal.h"
#include "load/load.h"

namespace c10k::addon {
namespace {

using Reports = std::vector<ThreadReport>;

double number(const Napi::Object& object, const char* name) {
  return object.Get(name).As<Napi::Number>().DoubleValue();
}

Lifetime lifetime_of(const Napi::Object& lifetime) {
  const std::string kind = lifetime.Get("kind").As<Napi::String>();
  const auto ns = [&](const char* name) {
    return static_cast<Nanoseconds>(number(lifetime, name));
  };
  if (kind == "fixed") return {Lifetime::Kind::fixed, ns("ns"), 0};
  if (kind == "uniform") return {Lifetime::Kind::uniform, ns("lowNs"), ns("highNs")};
  if (kind == "exponential") return {Lifetime::Kind::exponential, ns("meanNs"), 0};
  return {};
}

std::vector<Address> sources_of(const Napi::Array& hosts) {
  std::vector<Address> sources;
  for (std::uint32_t i = 0; i < hosts.Length(); ++i)
    sources.emplace_back(Napi::Value(hosts[i]).As<Napi::String>(), std::uint16_t{0});
  return sources;
}

LoadSpec spec_of(const Napi::Object& object) {
  const Napi::Object protocol = object.Get("protocol").As<Napi::Object>();
  LoadSpec spec;
  spec.target = Address(object.Get("host").As<Napi::String>(),
                        static_cast<std::uint16_t>(number(object, "port")));
  spec.sources = sources_of(object.Get("sources").As<Napi::Array>());
  spec.congestion = text(object, "congestion");
  spec.connections = static_cast<std::uint32_t>(number(object, "connections"));
  spec.idle = static_cast<std::uint32_t>(number(object, "idle"));
  spec.threads = static_cast<std::uint32_t>(number(object, "threads"));
  spec.first_connection = static_cast<std::uint32_t>(number(object, "firstConnection"));
  spec.repeat = static_cast<std::uint64_t>(number(object, "repeat"));
  spec.per_connection = static_cast<std::uint64_t>(number(object, "perConnection"));
  spec.retries = static_cast<std::uint32_t>(number(object, "retries"));
  spec.barrier = object.Get("barrier").As<Napi::Boolean>();
  spec.duration = static_cast<Nanoseconds>(number(object, "durationNs"));
  spec.warmup = static_cast<Nanoseconds>(number(object, "warmupNs"));
  spec.timeout = static_cast<Nanoseconds>(number(object, "timeoutNs"));
  spec.stall = static_cast<Nanoseconds>(number(object, "stallNs"));
  spec.interval = static_cast<Nanoseconds>(number(object, "intervalNs"));
  spec.poisson = object.Get("poisson").As<Napi::Boolean>();
  spec.lifetime = lifetime_of(object.Get("lifetime").As<Napi::Object>());
  spec.protocol = protocol.Get("name").As<Napi::String>();
  spec.options = texts(protocol.Get("options").As<Napi::Object>());
  spec.seed = static_cast<std::uint64_t>(number(object, "seed"));
  spec.gated = object.Get("gated").ToBoolean();
  spec.lists_transfers = object.Get("listsTransfers").ToBoolean();
  if (object.Has("board")) {
    const Napi::Object board = object.Get("board").As<Napi::Object>();
    spec.board_fd = static_cast<int>(number(board, "memoryFd"));
    spec.gate_fd = static_cast<int>(number(board, "gateFd"));
    spec.board_threads = static_cast<std::uint32_t>(number(board, "threads"));
    spec.first_thread = static_cast<std::uint32_t>(number(board, "firstThread"));
  }
  return spec;
}

Napi::Object records_to_js(Napi::Env env, const std::deque<ClientRecord>& records) {
  Napi::Object columns = Napi::Object::New(env);
  const auto set = [&](const char* name, auto get) {
    columns.Set(name, numbers(env, records, get));
  };
  columns.Set("localAddress", strings(env, records, [](const ClientRecord& r) {
                return r.connected == 0 ? std::string() : r.local.host();
              }));
  columns.Set("failure", strings(env, records, [](const ClientRecord& r) {
                return kFailureNames[static_cast<std::size_t>(r.failure)];
              }));
  set("localPort", [](const ClientRecord& r) { return r.connected == 0 ? 0 : r.local.port(); });
  set("client", [](const ClientRecord& r) { return r.client; });
  set("idle", [](const ClientRecord& r) { return r.idle; });
  set("retried", [](const ClientRecord& r) { return r.retried; });
  set("opened", [](const ClientRecord& r) { return r.opened; });
  set("connected", [](const ClientRecord& r) { return r.connected; });
  set("freeAt", [](const ClientRecord& r) { return r.free_at; });
  set("closed", [](const ClientRecord& r) { return r.closed; });
  set("firstAnswer", [](const ClientRecord& r) { return r.first_answer; });
  set("lifetime", [](const ClientRecord& r) { return r.lifetime; });
  set("requestsWanted", [](const ClientRecord& r) { return r.requests_wanted; });
  set("requests", [](const ClientRecord& r) { return r.requests; });
  set("bytesSent", [](const ClientRecord& r) { return r.bytes_sent; });
  set("bytesReceived", [](const ClientRecord& r) { return r.bytes_received; });
  set("payload", [](const ClientRecord& r) { return r.payload; });
  set("serviceSum", [](const ClientRecord& r) { return r.service_sum; });
  set("serviceMin", [](const ClientRecord& r) { return r.service_min; });
  set("serviceMax", [](const ClientRecord& r) { return r.service_max; });
  return columns;
}

Napi::Object transfers_to_js(Napi::Env env, const TakenRows<ClientTransfer>& taken) {
  using Of = const ClientTransfer&;
  const auto& rows = taken.rows;
  Napi::Object columns = Napi::Object::New(env);
  const auto set = [&](const char* name, auto get) { columns.Set(name, numbers(env, rows, get)); };
  columns.Set("localAddress", strings(env, rows, [](Of row) { return row.local.host(); }));
  columns.Set("operation",
              strings(env, rows, [](Of row) { return std::string(row.operation.get()); }));
  columns.Set("failure", strings(env, rows, [](Of row) {
                return kFailureNames[static_cast<std::size_t>(row.failure)];
              }));
  set("localPort", [](Of row) { return row.local.port(); });
  set("opened", [](Of row) { return row.opened; });
  set("number", [](Of row) { return row.number; });
  set("due", [](Of row) { return row.due; });
  set("sent", [](Of row) { return row.sent; });
  set("firstAnswer", [](Of row) { return row.first_answer; });
  set("ended", [](Of row) { return row.ended; });
  set("bytes", [](Of row) { return row.bytes; });
  columns.Set("unrecorded", static_cast<double>(taken.unrecorded));
  return columns;
}

Napi::Object intervals_to_js(Napi::Env env, const std::vector<Interval>& intervals,
                             SparseHistogram Interval::*which) {
  struct Cell {
    std::uint32_t second, index;
    std::uint64_t count;
  };
  std::vector<Cell> cells;
  for (const Interval& interval : intervals) {
    const SparseHistogram& taken = interval.*which;
    for (std::size_t i = 0; i < taken.index.size(); ++i)
      cells.push_back({interval.second, taken.index[i], taken.count[i]});
  }
  using Of = const Interval&;
  Napi::Object columns = Napi::Object::New(env);
  const auto whole = [&](const char* name, const auto& rows, auto get) {
    columns.Set(name, column<std::uint32_t>(env, rows, get));
  };
  whole("intervalSecond", cells, [](const Cell& cell) { return cell.second; });
  whole("intervalIndex", cells, [](const Cell& cell) { return cell.index; });
  whole("seconds", intervals, [](Of interval) { return interval.second; });
  columns.Set("intervalCount", numbers(env, cells, [](const Cell& cell) { return cell.count; }));
  columns.Set("minima", numbers(env, intervals, [&](Of i) { return (i.*which).min; }));
  columns.Set("maxima", numbers(env, intervals, [&](Of i) { return (i.*which).max; }));
  return columns;
}

Napi::Object sparse_to_js(Napi::Env env, const SparseHistogram& sparse) {
  const auto same = [](auto n) { return n; };
  Napi::Object object = Napi::Object::New(env);
  object.Set("index", column<std::uint32_t>(env, sparse.index, same));
  object.Set("count", numbers(env, sparse.count, same));
  object.Set("min", static_cast<double>(sparse.min));
  object.Set("max", static_cast<double>(sparse.max));
  return object;
}

Napi::Object window_to_js(Napi::Env env, const Window& window) {
  Napi::Object object = Napi::Object::New(env);
  const bool measured = window.start < window.end;
  object.Set("start", measured ? static_cast<double>(window.start) : 0.0);
  object.Set("end", measured ? static_cast<double>(window.end) : 0.0);
  object.Set("secondsStart", static_cast<double>(window.seconds_start));
  object.Set("requests", static_cast<double>(window.requests));
  object.Set("payload", static_cast<double>(window.payload));
  object.Set("sent", static_cast<double>(window.sent));
  object.Set("late", static_cast<double>(window.late));
  object.Set("dropped", static_cast<double>(window.dropped));
  object.Set("observedNs", static_cast<double>(window.observed));
  object.Set("userNs", static_cast<double>(window.usage.user));
  object.Set("systemNs", static_cast<double>(window.usage.system));
  object.Set("voluntarySwitches", static_cast<double>(window.usage.voluntary));
  object.Set("involuntarySwitches", static_cast<double>(window.usage.involuntary));
  return object;
}

Napi::Value reports_to_js(Napi::Env env, Reports& reports) {
  Napi::Array threads = Napi::Array::New(env);
  for (const ThreadReport& report : reports) {
    Napi::Object thread = Napi::Object::New(env);
    thread.Set("records", records_to_js(env, report.records));
    thread.Set("transfers", transfers_to_js(env, report.transfers));
    thread.Set("service", intervals_to_js(env, report.intervals, &Interval::service));
    thread.Set("response", intervals_to_js(env, report.intervals, &Interval::response));
    thread.Set("window", window_to_js(env, report.window));
    threads[threads.Length()] = thread;
  }
  return threads;
}

class LoadObject final : public Napi::ObjectWrap<LoadObject> {
 public:
  static void define(Napi::Env env, Napi::Object exports) {
    exports.Set("Load", DefineClass(env, "Load",
                                    {
                                        InstanceMethod<&LoadObject::connected>("connected"),
                                        InstanceMethod<&LoadObject::go>("go"),
                                        InstanceMethod<&LoadObject::drained>("drained"),
                                        InstanceMethod<&LoadObject::finish>("finish"),
                                        InstanceMethod<&LoadObject::abort>("abort"),
                                        InstanceMethod<&LoadObject::progress>("progress"),
                                    }));
  }

  explicit LoadObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<LoadObject>(info) {
    const Napi::Object spec = info[0].As<Napi::Object>();
    const auto begin = static_cast<Nanoseconds>(number(spec, "begin"));
    load_ = guarded(info.Env(), [&] { return std::make_unique<Load>(spec_of(spec), begin); });
  }

 private:
  Napi::Value connected(const Napi::CallbackInfo& info) {
    return await(info, [](Load& load) { load.wait_connected(); });
  }
  Napi::Value drained(const Napi::CallbackInfo& info) {
    return await(info, [](Load& load) { load.wait_drained(); });
  }
  void go(const Napi::CallbackInfo& info) {
    load_->go(static_cast<Nanoseconds>(info[0].As<Napi::Number>().DoubleValue()));
  }
  void abort(const Napi::CallbackInfo&) { load_->abort(); }

  Napi::Value finish(const Napi::CallbackInfo& info) {
    return Background<Reports>::run(
        info.This().As<Napi::Object>(), [this] { return load_->finish(); }, reports_to_js);
  }

  Napi::Value progress(const Napi::CallbackInfo& info) {
    const Load::Snapshot snapshot = load_->progress();
    Napi::Object object = Napi::Object::New(info.Env());
    object.Set("connected", static_cast<double>(snapshot.connected));
    object.Set("open", static_cast<double>(snapshot.open));
    object.Set("requests", static_cast<double>(snapshot.requests));
    object.Set("payload", static_cast<double>(snapshot.payload));
    object.Set("failures", static_cast<double>(snapshot.failures));
    object.Set("retries", static_cast<double>(snapshot.retries));
    Napi::Array last_second = Napi::Array::New(info.Env());
    for (const SparseHistogram& thread : snapshot.last_second)
      last_second[last_second.Length()] = sparse_to_js(info.Env(), thread);
    object.Set("lastSecond", last_second);
    return object;
  }

  Napi::Promise await(const Napi::CallbackInfo& info, void (*wait)(Load&)) {
    return Background<Nothing>::run(
        info.This().As<Napi::Object>(),
        [this, wait] {
          wait(*load_);
          return Nothing();
        },
        [](Napi::Env env, Nothing&) { return env.Undefined(); });
  }

  std::unique_ptr<Load> load_;
};

/// histogram(values in ns) -> the values recorded in a Histogram, as {index, count, min, max}.
Napi::Value histogram(const Napi::CallbackInfo& info) {
  const Napi::Float64Array values = info[0].As<Napi::Float64Array>();
  Histogram histogram;
  for (std::size_t i = 0; i < values.ElementLength(); ++i)
    histogram.record(static_cast<std::int64_t>(values[i]));
  return sparse_to_js(info.Env(), histogram.take());
}

}  // namespace

void define_load(Napi::Env env, Napi::Object exports) {
  LoadObject::define(env, exports);
  exports.Set("histogram", Napi::Function::New(env, histogram, "histogram"));
}

}  // namespace c10k::addon
