// SPDX-License-Identifier: MIT
#include "step_catalogues.hpp"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <algorithm>

namespace pe::editor {

namespace {

constexpr qint64 kMaxSchemaBytes = 4 << 20;

Result<std::vector<std::string>> namesIn(const std::string& folder) {
    const QDir directory(QString::fromStdString(folder));
    if (!directory.exists())
        return fail(ErrorCode::NotFound, "There is no such folder.", folder);
    std::vector<std::string> names;
    for (const QString& name : directory.entryList(QDir::Files, QDir::Name))
        names.push_back(name.toStdString());
    return names;
}

Result<std::string> bytesOf(const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unreadable, file.errorString().toStdString() + ".", path);
    if (file.size() > kMaxSchemaBytes)
        return fail(ErrorCode::LimitExceeded, "The file is too large for a step type.", path);
    return file.readAll().toStdString();
}

bool sameTypes(const std::vector<format::SchemaFile>& a, const std::vector<format::SchemaFile>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const format::SchemaFile& x, const format::SchemaFile& y) {
                          return x.name == y.name && x.bytes == y.bytes;
                      });
}

QString sentence(const std::string& folder, const Error& error) {
    return QCoreApplication::translate("StepCatalogues",
                                       "The step types in %1 do not count. %2: %3")
        .arg(QString::fromStdString(folder), QString::fromStdString(error.where),
             QString::fromStdString(error.message));
}

}  // namespace

StepCatalogues::StepCatalogues(const format::Catalogue& builtIn, QString folder)
    : builtIn_(builtIn), folder_(folder.toStdString()) {}

Result<const format::Catalogue*> StepCatalogues::read(const std::string& folder,
                                                      const format::FolderReader& reader) {
    PE_TRY_ASSIGN(auto types, format::readStepFolder(folder, reader));
    for (const Known& each : known_)
        if (sameTypes(each.types, types))
            return each.catalogue.get();
    PE_TRY_ASSIGN(const auto schemas, format::schemasWith(types));
    PE_TRY_ASSIGN(auto catalogue, format::Catalogue::load(schemas));
    known_.push_back({std::move(types), std::make_unique<format::Catalogue>(std::move(catalogue))});
    return known_.back().catalogue.get();
}

StepCatalogues::Found StepCatalogues::find(const std::string& pipeline) {
    const format::FolderReader reader{namesIn, bytesOf};
    const std::string folder = folder_.empty() ? format::stepFolderFor(pipeline, reader) : folder_;
    if (folder.empty())
        return {&builtIn_, {}};
    const auto found = read(folder, reader);
    return found ? Found{*found, {}} : Found{&builtIn_, sentence(folder, found.error())};
}

}  // namespace pe::editor
