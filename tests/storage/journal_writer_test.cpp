// SPDX-License-Identifier: MIT
#include "pe/storage/journal_writer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>

#include "pe/storage/replica_store.hpp"
#include "pe/testing/manual_executor.hpp"
#include "pe/testing/temp_folder.hpp"

namespace pe::storage {
namespace {

using namespace std::chrono_literals;
using pe::testing::ManualExecutor;

constexpr PipelineId kPipeline{1};
constexpr PipelineId kOther{2};
constexpr PipelineId kUnknown{9};

// A journal in memory whose disk can be full, slow, or silent about what it has stored.
class TrialJournal final : public Journal {
public:
    Result<std::int64_t> lastPosition(const PipelineId& pipeline) override {
        const std::lock_guard lock(mutex_);
        if (pipeline == kUnknown)
            return fail(ErrorCode::NotFound, "no such pipeline");
        return static_cast<std::int64_t>(stored_[pipeline].size());
    }
    Result<void> appendEntries(std::span<const JournalEntry> entries) override {
        const std::lock_guard lock(mutex_);
        ++commits_;
        if (full_ && !storesAllTheSame_)
            return fail(ErrorCode::Unwritable, "the disk is full");
        for (const JournalEntry& entry : entries) {
            if (entry.change.body == "faulty")
                return fail(ErrorCode::LimitExceeded, "too large");
        }
        for (const JournalEntry& entry : entries) {
            auto& list = stored_[entry.pipeline];
            const auto index = static_cast<std::size_t>(entry.change.position) - 1;
            if (index < list.size() && list[index] == entry.change.body)
                continue;
            if (index != list.size())
                return fail(ErrorCode::Conflict, "other position");
            list.push_back(entry.change.body);
        }
        if (full_)
            return fail(ErrorCode::Unwritable, "no answer");
        return {};
    }

    void setFull(bool full, bool storesAllTheSame = false) {
        const std::lock_guard lock(mutex_);
        full_ = full;
        storesAllTheSame_ = storesAllTheSame;
    }
    std::vector<std::string> stored(const PipelineId& pipeline) {
        const std::lock_guard lock(mutex_);
        return stored_[pipeline];
    }
    int commits() {
        const std::lock_guard lock(mutex_);
        return commits_;
    }

private:
    std::mutex mutex_;
    std::map<PipelineId, std::vector<std::string>> stored_;
    bool full_ = false;
    bool storesAllTheSame_ = false;
    int commits_ = 0;
};

class Writing : public ::testing::Test {
protected:
    static JournalWriterOptions impatient() {
        JournalWriterOptions options;
        options.retryAfter = 2ms;
        options.closeWithin = 50ms;
        return options;
    }
    void append(const PipelineId& pipeline, const std::string& body) {
        ASSERT_TRUE(writer_->append(pipeline, body, [this, body](Result<std::int64_t> outcome) {
            log_.push_back(
                body + (outcome ? "@" + std::to_string(*outcome) : ": " + outcome.error().message));
        }));
    }
    // Holds the storage thread until the returned promise is kept.
    std::unique_ptr<std::promise<void>> hold() {
        auto gate = std::make_unique<std::promise<void>>();
        std::shared_future<void> opened = gate->get_future().share();
        EXPECT_TRUE(writer_->run(
            [opened]() -> Result<void> {
                opened.wait();
                return {};
            },
            nullptr));
        return gate;
    }

    TrialJournal journal_;
    ManualExecutor executor_;
    std::vector<std::string> log_;
    std::unique_ptr<JournalWriter> writer_ =
        std::make_unique<JournalWriter>(journal_, executor_, impatient());
};

TEST_F(Writing, ReportsEachAppendInOrderOnTheExecutorOnly) {
    append(kPipeline, "a");
    append(kOther, "b");
    append(kPipeline, "c");
    ASSERT_TRUE(writer_->flush(5s));
    EXPECT_TRUE(log_.empty()) << "callbacks belong to the executor";
    executor_.runAll();
    EXPECT_EQ(log_, (std::vector<std::string>{"a@1", "b@1", "c@2"}));
    EXPECT_EQ(writer_->queued(), 0U);
}

TEST_F(Writing, CommitsWhatHasGatheredInOneTransaction) {
    auto gate = hold();
    for (int i = 0; i < 500; ++i)
        append(kPipeline, std::to_string(i));
    gate->set_value();
    ASSERT_TRUE(writer_->flush(5s));
    EXPECT_EQ(journal_.commits(), 1);
    EXPECT_EQ(journal_.stored(kPipeline).size(), 500U);
}

TEST_F(Writing, AFullDiskLosesNothingAndIsReportedOnce) {
    journal_.setFull(true);
    append(kPipeline, "a");
    const auto flushed = writer_->flush(5s);
    ASSERT_FALSE(flushed);
    EXPECT_EQ(flushed.error().code, ErrorCode::Unwritable);
    EXPECT_NE(flushed.error().message.find("the disk is full"), std::string::npos);
    append(kPipeline, "b");
    EXPECT_EQ(writer_->queued(), 2U);
    while (journal_.commits() < 5)
        std::this_thread::sleep_for(1ms);
    journal_.setFull(false);
    while (writer_->queued() > 0)
        std::this_thread::sleep_for(1ms);
    executor_.runAll();
    EXPECT_EQ(log_, (std::vector<std::string>{"a: the disk is full", "a@1", "b@2"}));
    EXPECT_EQ(journal_.stored(kPipeline), (std::vector<std::string>{"a", "b"}));
}

TEST_F(Writing, AnAttemptThatStoredButDidNotSaySoIsNotStoredTwice) {
    journal_.setFull(true, true);
    append(kPipeline, "a");
    ASSERT_FALSE(writer_->flush(5s));
    journal_.setFull(false);
    append(kPipeline, "b");
    while (writer_->queued() > 0)
        std::this_thread::sleep_for(1ms);
    EXPECT_EQ(journal_.stored(kPipeline), (std::vector<std::string>{"a", "b"}));
}

TEST_F(Writing, AnEntryThatCanNeverSucceedDoesNotHoldUpTheOthers) {
    auto gate = hold();
    append(kPipeline, "a");
    append(kPipeline, "faulty");
    append(kUnknown, "lost");
    append(kPipeline, "b");
    gate->set_value();
    ASSERT_TRUE(writer_->flush(5s));
    executor_.runAll();
    EXPECT_EQ(log_, (std::vector<std::string>{"a@1", "faulty: too large", "lost: no such pipeline",
                                              "b@2"}));
    EXPECT_EQ(journal_.stored(kPipeline), (std::vector<std::string>{"a", "b"}));
}

TEST_F(Writing, TasksRunBetweenTheAppendsAroundThem) {
    std::size_t seen = 0;
    auto gate = hold();
    append(kPipeline, "a");
    ASSERT_TRUE(writer_->run(
        [&]() -> Result<void> {
            seen = journal_.stored(kPipeline).size();
            return {};
        },
        [this](const Result<void>& outcome) { log_.push_back(outcome ? "task" : "failed"); }));
    append(kPipeline, "b");
    gate->set_value();
    ASSERT_TRUE(writer_->flush(5s));
    executor_.runAll();
    EXPECT_EQ(seen, 1U);
    EXPECT_EQ(log_, (std::vector<std::string>{"a@1", "task", "b@2"}));
}

TEST_F(Writing, ATaskThatFailsIsRunAgain) {
    std::atomic<int> runs = 0;
    ASSERT_TRUE(writer_->run(
        [&]() -> Result<void> {
            if (++runs < 3)
                return fail(ErrorCode::Unwritable, "not now");
            return {};
        },
        [this](const Result<void>& outcome) { log_.push_back(outcome ? "done" : "failed"); }));
    while (writer_->queued() > 0)
        std::this_thread::sleep_for(1ms);
    executor_.runAll();
    EXPECT_EQ(runs, 3);
    EXPECT_EQ(log_, (std::vector<std::string>{"failed", "done"}));
}

TEST_F(Writing, AFullQueueRefusesInsteadOfWaiting) {
    JournalWriterOptions options = impatient();
    options.maxQueuedEntries = 2;
    options.maxQueuedBytes = 10;
    journal_.setFull(true);
    writer_ = std::make_unique<JournalWriter>(journal_, executor_, options);
    EXPECT_EQ(writer_->append(kPipeline, std::string(11, 'x'), nullptr).error().code,
              ErrorCode::LimitExceeded);
    append(kPipeline, "a");
    append(kPipeline, "b");
    EXPECT_EQ(writer_->append(kPipeline, "c", nullptr).error().code, ErrorCode::LimitExceeded);
    journal_.setFull(false);
    while (writer_->queued() > 0)
        std::this_thread::sleep_for(1ms);
    EXPECT_TRUE(writer_->append(kPipeline, std::string(10, 'x'), nullptr))
        << "the room must come back";
}

TEST_F(Writing, FlushGivesUpAtItsDeadline) {
    auto gate = hold();
    append(kPipeline, "a");
    const auto flushed = writer_->flush(5ms);
    gate->set_value();
    ASSERT_FALSE(flushed);
    EXPECT_EQ(flushed.error().code, ErrorCode::Unwritable);
    EXPECT_TRUE(writer_->flush(5s));
}

TEST_F(Writing, EndingStoresWhatIsQueuedOrSaysThatItCouldNot) {
    append(kPipeline, "a");
    writer_.reset();
    EXPECT_EQ(journal_.stored(kPipeline).size(), 1U);
    writer_ = std::make_unique<JournalWriter>(journal_, executor_, impatient());
    journal_.setFull(true);
    append(kPipeline, "b");
    writer_.reset();
    executor_.runAll();
    ASSERT_EQ(log_.size(), 2U);
    EXPECT_EQ(log_[1], "b: the disk is full");
}

TEST(WritingToTheRealStore, ThreadsAndPipelinesShareOneJournalWithoutGaps) {
    pe::testing::TempFolder folder;
    FakeClock clock;
    SeededRandom random(1);
    ManualExecutor executor;
    auto store = *ReplicaStore::open(folder.path(), clock, random);
    const std::array ids{store->pipelineFor("/a")->id, store->pipelineFor("/b")->id};
    {
        JournalWriter writer(*store, executor);
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 3; ++thread)
            threads.emplace_back([&, thread] {
                for (int i = 0; i < 200; ++i) {
                    const auto taken =
                        writer.append(ids[static_cast<std::size_t>(i % 2)],
                                      std::to_string(thread) + "-" + std::to_string(i), nullptr);
                    EXPECT_TRUE(taken);
                    if (i % 50 == 0) {
                        EXPECT_TRUE(store->setSetting("at", std::to_string(i)));
                    }
                }
            });
        for (auto& thread : threads)
            thread.join();
        ASSERT_TRUE(writer.flush(20s));
    }
    for (const auto& id : ids)
        EXPECT_EQ(store->loadChanges(id)->size(), 300U);
}

TEST_F(Writing, LateTasksRunWhenNothingElseWaitsAndOnlyTheNewestOfAKey) {
    std::atomic<int> ran = 0;
    const auto add = [&ran](int by) {
        return [&ran, by]() -> Result<void> {
            ran += by;
            return {};
        };
    };
    auto gate = hold();
    writer_->runLater("a", 0ms, add(1));
    writer_->runLater("a", 0ms, add(10));
    writer_->runLater("b", 1h, add(100));
    writer_->runLater("c", 1h, add(1000));
    writer_->cancelLater("c");
    EXPECT_FALSE(writer_->finishLater(5ms));
    EXPECT_EQ(ran, 0);
    gate->set_value();
    EXPECT_TRUE(writer_->finishLater(5s));
    EXPECT_EQ(ran, 110);
}

TEST_F(Writing, LateTasksLeftAtTheEndAreRun) {
    std::atomic<bool> ran = false;
    writer_->runLater("a", 1h, [&ran]() -> Result<void> {
        ran = true;
        return {};
    });
    writer_.reset();
    EXPECT_TRUE(ran);
}

}  // namespace
}  // namespace pe::storage
