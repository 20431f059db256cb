// SPDX-License-Identifier: MIT
// `pipeline bench search`: an index of many pipelines of real shape, and queries as people type
// them, letter by letter.
#include <filesystem>

#include "bench_tools.hpp"
#include "pe/base/random.hpp"
#include "pe/storage/search_index.hpp"
#include "pe/workspace/search_texts.hpp"
#include "scratch_folder.hpp"

namespace pe::cli {
namespace {

constexpr std::size_t kVocabulary = 4000;
constexpr std::size_t kSteps = 6;
constexpr std::size_t kPromptWords = 70;
constexpr std::size_t kQueries = 100;
constexpr std::size_t kLimit = 20;
constexpr double kToMicroseconds = 1000;

// Words as frequent as in a language: the first ones are everywhere, the last ones hardly anywhere.
class Vocabulary {
public:
    explicit Vocabulary(Random& random) : random_(random) {
        static constexpr const char* kParts[] = {"re", "view", "con", "text", "an",  "al", "y",
                                                 "se", "list", "pro", "mpt",  "che", "ck", "sum",
                                                 "ma", "ry",   "te",  "st",   "fi",  "le"};
        while (words_.size() < kVocabulary) {
            std::string word;
            for (std::size_t i = 0; i < 2 + random_.below(3); ++i)
                word += kParts[random_.below(std::size(kParts))];
            words_.push_back(std::move(word));
        }
    }
    const std::string& any() {
        const std::uint64_t reach = random_.below(kVocabulary) + 1;
        return words_[random_.below(reach) * random_.below(reach) / kVocabulary];
    }

private:
    Random& random_;
    std::vector<std::string> words_;
};

std::string pipelineText(Vocabulary& words) {
    std::string text = "workflow:\n  name: " + words.any() + "_" + words.any() +
                       "\n  description: " + words.any() + ' ' + words.any() + "\n  steps:\n";
    for (std::size_t step = 0; step < kSteps; ++step) {
        text += "    - name: " + words.any() + "_" + words.any() +
                "\n      type: claude\n      prompt:\n        - type: static\n          content: "
                "|\n            ";
        for (std::size_t i = 0; i < kPromptWords; ++i)
            text += words.any() + (i % 12 == 11 ? "\n            " : " ");
        text += '\n';
    }
    return text;
}

Result<void> fill(storage::SearchIndex& index, std::size_t pipelines, Vocabulary& words) {
    for (std::size_t i = 0; i < pipelines; ++i) {
        storage::PipelineId id{};
        for (std::size_t byte = 0; byte < sizeof i; ++byte)
            id[byte] = static_cast<std::uint8_t>(i >> (8 * byte));
        const std::string name = words.any() + std::to_string(i) + ".yaml";
        PE_TRY(index.put(
            id, 1, workspace::searchTexts(pipelineText(words), "/home/somebody/" + name, name)));
    }
    return {};
}

// One query, grown letter by letter; each letter is a search.
Result<void> typeQuery(storage::SearchIndex& index, const std::string& query,
                       std::vector<double>& times) {
    for (std::size_t length = 1; length <= query.size(); ++length) {
        Result<std::vector<storage::SearchHit>> hits;
        times.push_back(elapsedMs([&] { hits = index.search(query.substr(0, length), kLimit); }));
        PE_TRY(hits);
    }
    return {};
}

}  // namespace

Result<Figures> benchSearch(std::size_t pipelines) {
    SeededRandom random(1);
    SystemRandom chance;
    const ScratchFolder folder(chance);
    Vocabulary words(random);
    PE_TRY_ASSIGN(const auto index, storage::SearchIndex::open(folder.path()));
    Result<void> filled;
    const double buildMs = elapsedMs([&] { filled = fill(*index, pipelines, words); });
    PE_TRY(filled);
    std::vector<double> times;
    for (std::size_t i = 0; i < kQueries; ++i) {
        std::string query = words.any();
        if (i % 3 == 0)
            query += ' ' + words.any();
        PE_TRY(typeQuery(*index, query, times));
    }
    std::uintmax_t bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder.path()))
        bytes += file.file_size();
    Figures figures;
    figures.addCount("pipelines", pipelines);
    figures.add("build_ms", buildMs);
    figures.addCount("index_bytes", bytes);
    figures.addCount("searches", times.size());
    figures.add("p50_us", percentileOf(times, 0.5) * kToMicroseconds);
    figures.add("p95_ms", percentileOf(times, 0.95));
    figures.add("p99_ms", percentileOf(times, 0.99));
    figures.add("max_ms", percentileOf(times, 1));
    return figures;
}

}  // namespace pe::cli
