// SPDX-License-Identifier: MIT
#include "findings.hpp"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <algorithm>
#include <utility>

#include "pe/check/fixing.hpp"
#include "project_files.hpp"

namespace pe::editor {

namespace {

constexpr int kPauseMs = 150;
constexpr int kLongPauseMs = 1200;
constexpr std::size_t kCheckedAtOnce = 64U << 10;
constexpr int kMostPasses = 8;
constexpr qint64 kMaxSettingsBytes = 1 << 20;

QString settingsName() {
    return QString::fromUtf8(check::kSettingsFile.data(),
                             static_cast<qsizetype>(check::kSettingsFile.size()));
}

bool sameFinding(const check::Diagnostic& a, const check::Diagnostic& b) {
    return a.code == b.code && a.message == b.message && a.begin == b.begin;
}

// The safe fixes of a kind as one command; those that are no commands are left out.
document::Batch safeBatch(const std::vector<check::Diagnostic>& found, const std::string& code) {
    document::Batch batch;
    for (const check::Diagnostic& each : found) {
        const check::Fix* fix = each.code == code ? check::safeFix(each) : nullptr;
        const auto* command = fix ? std::get_if<document::Command>(&fix->action) : nullptr;
        if (command != nullptr)
            batch.commands.push_back(*command);
    }
    return batch;
}

}  // namespace

void moveWith(const document::TextPatch& patch, std::size_t& begin, std::size_t& end) {
    const std::size_t removedEnd = patch.offset + patch.removed;
    const auto moved = [&](std::size_t at, bool isEnd) {
        if (at < patch.offset || (isEnd && at == patch.offset))
            return at;
        if (at >= removedEnd)
            return at - patch.removed + patch.inserted.size();
        return isEnd ? patch.offset + patch.inserted.size() : patch.offset;
    };
    const bool empty = begin == end;
    begin = moved(begin, false);
    end = empty ? begin : std::max(begin, moved(end, true));
}

Findings::Findings(document::Document& document, const format::Catalogue& catalogue, QString path,
                   QObject* parent)
    : QObject(parent),
      document_(document),
      catalogue_(catalogue),
      subject_(check::subjectOf(document)),
      pauseMs_(kPauseMs) {
    soon_.setSingleShot(true);
    connect(&soon_, &QTimer::timeout, this, &Findings::settle);
    changed_ = document_.changed.connect([this](const document::ChangeSet& c) { onChanged(c); });
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this,
            [this](Qt::ApplicationState state) {
                if (state == Qt::ApplicationActive)
                    reloadIfDifferent();
            });
    path_ = std::move(path);
    takeSettings(readSettings());
    waiting_ = true;
    if (document_.text().size() <= kCheckedAtOnce)
        check();
}

Findings::~Findings() = default;

void Findings::setPath(const QString& path) {
    if (path == path_)
        return;
    path_ = path;
    reload();
}

void Findings::reload() {
    takeSettings(readSettings());
    check();
}

void Findings::reloadIfDifferent() {
    auto bytes = readSettings();
    if (bytes == settingsBytes_ && files_->isCurrent())
        return;
    takeSettings(std::move(bytes));
    check();
}

std::optional<QByteArray> Findings::readSettings() const {
    const auto folder = path_.isEmpty()
                            ? std::nullopt
                            : nearestFolderWith(QFileInfo(path_).absoluteDir(), {settingsName()});
    if (!folder)
        return std::nullopt;
    QFile file(folder->absoluteFilePath(settingsName()));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.read(kMaxSettingsBytes);
}

void Findings::takeSettings(std::optional<QByteArray> bytes) {
    settingsBytes_ = std::move(bytes);
    settings_ = {};
    complaint_.clear();
    if (settingsBytes_) {
        auto parsed = check::Settings::parse(settingsBytes_->toStdString());
        if (parsed)
            settings_ = std::move(*parsed);
        else
            complaint_ = tr("%1 does not count: %2")
                             .arg(settingsName(), QString::fromStdString(parsed.error().message));
    }
    files_ = std::make_unique<ProjectFiles>(path_);
    checker_ = newChecker();
    all_ = true;
}

const check::FileLookup& Findings::files() const {
    return *files_;
}

std::unique_ptr<check::Checker> Findings::newChecker() const {
    return std::make_unique<check::Checker>(catalogue_, settings_, files_.get());
}

int Findings::count(check::Severity severity) const {
    return static_cast<int>(
        std::count_if(shown_.begin(), shown_.end(),
                      [severity](const auto& each) { return each.severity == severity; }));
}

int Findings::count() const {
    return static_cast<int>(shown_.size()) - count(check::Severity::Hint);
}

void Findings::onChanged(const document::ChangeSet& change) {
    for (const document::TextPatch& patch : change.patches)
        for (check::Diagnostic& each : shown_)
            moveWith(patch, each.begin, each.end);
    pending_.reset = pending_.reset || change.reset;
    pending_.nodes.insert(pending_.nodes.end(), change.nodes.begin(), change.nodes.end());
    waiting_ = true;
    soon_.start(change.origin == document::Origin::Text ? pauseMs_ : 0);
}

void Findings::settle() {
    if (waiting_)
        check();
}

void Findings::check() {
    soon_.stop();
    QElapsedTimer elapsed;
    elapsed.start();
    if (std::exchange(all_, false))
        checker_->check(*subject_);
    else
        checker_->recheck(*subject_, pending_);
    pending_ = {};
    waiting_ = false;
    checked_ = true;
    shown_ = checker_->diagnostics();
    // What takes long is not done between two keys.
    pauseMs_ = static_cast<int>(std::clamp<qint64>(4 * elapsed.elapsed(), kPauseMs, kLongPauseMs));
    Q_EMIT changed();
}

Result<void> Findings::apply(const check::Diagnostic& diagnostic, std::size_t fix) {
    const check::Diagnostic wanted = diagnostic;
    settle();
    const auto now = std::find_if(shown_.begin(), shown_.end(),
                                  [&](const auto& each) { return sameFinding(each, wanted); });
    if (now == shown_.end() || fix >= now->fixes.size())
        return fail(ErrorCode::Conflict, "The problem is not there any more.");
    const check::Fix chosen = now->fixes[fix];
    PE_TRY(check::applyFix(document_, chosen));
    settle();
    return {};
}

int Findings::safeCount(const std::string& code) const {
    return static_cast<int>(std::count_if(shown_.begin(), shown_.end(), [&](const auto& each) {
        return each.code == code && check::safeFix(each) != nullptr;
    }));
}

int Findings::applyAll(const std::string& code) {
    settle();
    const int before = safeCount(code);
    for (int pass = 0; pass < kMostPasses && safeCount(code) > 0; ++pass) {
        document::Command all;
        document::Batch batch = safeBatch(shown_, code);
        all.label = tr("Fix all: %1").arg(QString::fromStdString(code)).toStdString();
        const bool useful = !batch.commands.empty();
        all.what = std::move(batch);
        if (!useful || !document_.execute(all)) {
            // Fixes that meet are applied one after the other.
            check::applySafeFixes(document_, *checker_, {code});
            settle();
            break;
        }
        settle();
    }
    return before - safeCount(code);
}

void Findings::carryOut(const check::Diagnostic& diagnostic, std::size_t fix) {
    const std::string title =
        fix < diagnostic.fixes.size() ? diagnostic.fixes[fix].title : std::string();
    if (const auto done = apply(diagnostic, fix); !done)
        Q_EMIT refused(QString::fromStdString(done.error().message));
    else
        Q_EMIT said(tr("Fixed: %1").arg(QString::fromStdString(title)));
}

void Findings::carryOutAll(const std::string& code) {
    const QString kind = QString::fromStdString(code);
    if (const int fixed = applyAll(code); fixed > 0)
        Q_EMIT said(fixed == 1 ? tr("Fixed 1 problem of the kind %1.").arg(kind)
                               : tr("Fixed %1 problems of the kind %2.").arg(fixed).arg(kind));
    else
        Q_EMIT refused(tr("No problem of the kind %1 could be fixed without asking.").arg(kind));
}

}  // namespace pe::editor
