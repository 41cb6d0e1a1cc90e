#include "campaign/seen_recipients.hpp"
#include "campaign/error.hpp"
#include <charconv>
#include <cstdint>
#include <sqlite3.h>
#include <string>

namespace twilio_sms::campaign {
namespace {

struct database_close {
    void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
struct statement_finalize {
    void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }
};
using statement = std::unique_ptr<sqlite3_stmt, statement_finalize>;

} // namespace

class seen_recipients::impl {
public:
    impl()
    {
        sqlite3* db = nullptr;
        // An empty name is a private database on disk that SQLite removes.
        auto const result = sqlite3_open_v2("", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        db_.reset(db);
        check(result);
        // It is never read by anybody else or after a crash: no journal, no syncing, one open transaction.
        execute("PRAGMA cache_size = -16384; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                "PRAGMA locking_mode = EXCLUSIVE;"
                "CREATE TABLE number (digits INTEGER PRIMARY KEY);"
                "CREATE TABLE address (address TEXT PRIMARY KEY) WITHOUT ROWID;"
                "BEGIN");
        insert_number_ = prepare("INSERT OR IGNORE INTO number VALUES (?)");
        insert_address_ = prepare("INSERT OR IGNORE INTO address VALUES (?)");
    }

    bool insert(std::string_view recipient)
    {
        std::int64_t digits = 0;
        if (recipient.starts_with('+')) {
            auto const last = recipient.data() + recipient.size();
            auto const [end, error] = std::from_chars(recipient.data() + 1, last, digits);
            if (error == std::errc() && end == last) {
                check(sqlite3_bind_int64(insert_number_.get(), 1, digits));
                return run(insert_number_.get());
            }
        }
        check(sqlite3_bind_text(insert_address_.get(), 1, recipient.data(), static_cast<int>(recipient.size()),
                                SQLITE_STATIC));
        return run(insert_address_.get());
    }

private:
    bool run(sqlite3_stmt* s)
    {
        auto const stepped = sqlite3_step(s);
        auto const inserted = stepped == SQLITE_DONE && sqlite3_changes(db_.get()) == 1;
        auto const message = stepped == SQLITE_DONE ? std::string() : std::string(sqlite3_errmsg(db_.get()));
        sqlite3_reset(s);
        sqlite3_clear_bindings(s);
        if (stepped != SQLITE_DONE)
            fail(message);
        return inserted;
    }
    statement prepare(char const* sql)
    {
        sqlite3_stmt* s = nullptr;
        check(sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &s, nullptr));
        return statement(s);
    }
    void execute(char const* sql) { check(sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr)); }
    void check(int result)
    {
        if (result != SQLITE_OK)
            fail(db_ ? sqlite3_errmsg(db_.get()) : sqlite3_errstr(result));
    }
    [[noreturn]] static void fail(std::string const& message)
    {
        throw local_failure("temporary database for duplicate numbers: " + message +
                            "; is there room in TMPDIR (else /var/tmp or /tmp)?");
    }

    std::unique_ptr<sqlite3, database_close> db_;
    statement insert_number_, insert_address_; // finalized before the database closes
};

seen_recipients::seen_recipients() : impl_(std::make_unique<impl>()) {}
seen_recipients::seen_recipients(seen_recipients&&) noexcept = default;
seen_recipients& seen_recipients::operator=(seen_recipients&&) noexcept = default;
seen_recipients::~seen_recipients() = default;

bool seen_recipients::insert(std::string_view recipient)
{
    return impl_->insert(recipient);
}

} // namespace twilio_sms::campaign
