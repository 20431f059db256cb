// SPDX-License-Identifier: MIT
#include "history_words.hpp"

#include <QCoreApplication>
#include <algorithm>

#include "pe/yaml/tree.hpp"

namespace pe::editor {

namespace {

constexpr std::size_t kTextsKept = 6;
constexpr std::size_t kWordsKept = 20'000;

QString capitalised(QString text) {
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

}  // namespace

Result<std::string> HistoryWords::textAt(std::uint64_t position) {
    if (position == 0)
        return std::string();
    const auto found = std::find_if(texts_.begin(), texts_.end(),
                                    [&](const auto& each) { return each.first == position; });
    if (found != texts_.end()) {
        texts_.splice(texts_.begin(), texts_, found);
        return texts_.front().second;
    }
    PE_TRY_ASSIGN(std::string text, document_.textAt(position));
    texts_.emplace_front(position, std::move(text));
    if (texts_.size() > kTextsKept)
        texts_.pop_back();
    return texts_.front().second;
}

const QString* HistoryWords::known(std::uint64_t from, std::uint64_t to) const {
    const auto found = words_.find({from, to});
    return found == words_.end() ? nullptr : &found->second;
}

const QString& HistoryWords::words(std::uint64_t from, std::uint64_t to) {
    if (const auto found = words_.find({from, to}); found != words_.end())
        return found->second;
    if (words_.size() >= kWordsKept)
        words_.clear();
    QString& line = words_[{from, to}];
    const auto before = textAt(from);
    const auto after = textAt(to);
    if (from > 0 && before && after)
        line =
            inOneLine(compare::differences(yaml::parse(*before), yaml::parse(*after), catalogue_));
    return line;
}

void HistoryWords::forget() {
    texts_.clear();
    words_.clear();
}

QString inOneLine(const std::vector<compare::Difference>& differences) {
    if (differences.empty())
        return {};
    const QString first =
        capitalised(QString::fromStdString(differences.front().sentence).simplified());
    if (differences.size() == 1)
        return first;
    return QCoreApplication::translate("HistoryWords", "%1, and %n more", nullptr,
                                       static_cast<int>(differences.size()) - 1)
        .arg(first);
}

}  // namespace pe::editor
