// SPDX-License-Identifier: MIT
#include "pe/check/checker.hpp"

namespace pe::check {
namespace {

class TreeSubject final : public Subject {
public:
    explicit TreeSubject(const yaml::Tree& tree) : tree_(tree) {}

    const yaml::Forest& forest() const override { return tree_; }
    std::string_view text() const override { return tree_.text(); }
    yaml::Span entrySpan(yaml::NodeRef node) const override { return tree_.entrySpan(node); }
    yaml::Span keySpan(yaml::NodeRef node) const override { return tree_.keySpan(node); }
    yaml::Span valueSpan(yaml::NodeRef node) const override { return tree_.valueSpan(node); }
    const std::vector<yaml::Problem>& problems() const override { return tree_.problems(); }

private:
    const yaml::Tree& tree_;
};

class DocumentSubject final : public Subject {
public:
    explicit DocumentSubject(const document::Document& document) : document_(document) {}

    const yaml::Forest& forest() const override { return document_.forest(); }
    std::string_view text() const override { return document_.text(); }
    yaml::Span entrySpan(yaml::NodeRef node) const override { return document_.entrySpan(node); }
    yaml::Span keySpan(yaml::NodeRef node) const override { return document_.keySpan(node); }
    yaml::Span valueSpan(yaml::NodeRef node) const override { return document_.valueSpan(node); }
    const std::vector<yaml::Problem>& problems() const override { return document_.problems(); }

private:
    const document::Document& document_;
};

}  // namespace

std::unique_ptr<Subject> subjectOf(const yaml::Tree& tree) {
    return std::make_unique<TreeSubject>(tree);
}

std::unique_ptr<Subject> subjectOf(const document::Document& document) {
    return std::make_unique<DocumentSubject>(document);
}

}  // namespace pe::check
