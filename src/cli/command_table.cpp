// SPDX-License-Identifier: MIT
// The commands of `pipeline`: their names, what they say of themselves, and who runs them.
#include "commands.hpp"

namespace pe::cli {
namespace {

using Commands = std::vector<CommandInfo>;

// What reads, checks and changes one file or many.
Commands fileCommands() {
    return {
        {"check", "find what the engine refuses, ignores or reads differently, and correct it",
         "[--format text|json|sarif] [--severity LEVEL] [--fix[=CODE,...] [--dry-run]]\n"
         "                      [--plugins DIR] [--files-from LIST] FILE... | --rules\n\n"
         "--severity: the least that is shown: error, warning, information (as usual) or hint.\n"
         "--fix applies the safe fixes, all or those of some rules (field.* stands for several);\n"
         "with --dry-run it prints them as a diff and writes nothing. --rules lists the rules.\n"
         "A .pipeline-check.json beside or above a file sets the severity of rules; step types of\n"
         "your own are found as by `pipeline schema`.",
         runCheck},
        {"value", "print the value that the engine reads, one JSON object a file",
         "[--files-from LIST] FILE...", runValue},
        {"render", "print a file after a round trip through the whole document machinery",
         "[--check] [--files-from LIST] FILE...\n\n"
         "--check prints only the names of files that would change (exit 1 if any).",
         runRender},
        {"edit", "change a file as the editor would, touching only the lines concerned",
         "FILE (--set POINTER=VALUE)... | --script EDITS.json [--in-place] [--plugins DIR]\n\n"
         "VALUE replaces text by text as it stands; where the field holds a number, a boolean, "
         "null, a\n"
         "list or a mapping, or is not there yet, VALUE is read as JSON if it is JSON.\n"
         "EDITS.json: an array of {\"op\":\"set\",\"path\",\"value\"}, "
         "{\"op\":\"insert\",\"path\",\"value\"\n"
         "[,\"after\":KEY]}, {\"op\":\"remove\",\"path\"}, {\"op\":\"move\",\"path\",\"to\"},\n"
         "{\"op\":\"splice\",\"path\",\"at\",\"delete\",\"insert\"}, "
         "{\"op\":\"rename-step\",\"path\",\"name\"}, "
         "{\"op\":\"copy-alias\",\"path\"}.",
         runEdit},
        {"extract", "move steps into a pipeline of their own",
         "FILE --steps FIRST[..LAST] --name NAME [--file PATH] [--dry-run] [--plugins DIR]\n\n"
         "Steps are given by name. With --file the new pipeline stands in a file of its own, whose "
         "PATH\n"
         "the engine looks for from the folder it runs in; what the steps read from outside "
         "becomes "
         "inputs.\n"
         "--dry-run prints a diff and writes nothing.",
         runExtract},
        {"inline", "put the steps of a nested pipeline in the place of the step that runs it",
         "FILE --step NAME [--dry-run] [--plugins DIR]\n\n"
         "The inverse of extract. A file that the step runs is left as it is.",
         runInline},
        {"graph", "print the steps and references of a file, laid out",
         "FILE [--format json|svg|png|dot] [--scale S] [--plugins DIR]\n\n"
         "--scale: pixels of a PNG for a unit of the drawing (1).",
         runGraph},
    };
}

// What compares and joins versions, and the replica that keeps them.
Commands versionCommands() {
    return {
        {"diff", "say what changed between two files by what it means",
         "A B [--format text|json] | --textconv FILE\n\n"
         "Exit status 0: they mean and say the same; 1: they differ; 3: one cannot be read.\n"
         "--textconv prints what a file means line by line, for `git diff`. With git:\n"
         "  git config difftool.pipeline.cmd 'pipeline diff \"$LOCAL\" \"$REMOTE\"'\n"
         "  git config diff.pipeline.textconv 'pipeline diff --textconv'\n"
         "  echo '*.yaml diff=pipeline' >> .gitattributes",
         runDiff},
        {"merge", "merge two changed versions of a file by what the changes mean",
         "BASE OURS THEIRS [-o OUT]\n\n"
         "The result goes to OUT, or to standard output. What both sides changed stands as in "
         "OURS, is\n"
         "reported, and gives exit status 1. As a merge driver of git:\n"
         "  git config merge.pipeline.driver \"pipeline merge %O %A %B -o %A\"\n"
         "  echo '*.yaml merge=pipeline' >> .gitattributes",
         runMerge},
        {"replica", "the local replica without a window: history, search, versions",
         "--dir DIR ACTION\n\n"
         "import [--files-from LIST] FILE...   take files in; prints their ids, one a line\n"
         "list                                 all pipelines\n"
         "export ID [--at N|NAME]              print the YAML, or what it was\n"
         "edit ID --script EDITS.json          like `pipeline edit`; or --set POINTER=VALUE\n"
         "log ID                               one JSON object a change\n"
         "search [--limit N] QUERY             pipelines that hold all the words\n"
         "status [ID]                          JSON: outbox, refused, hash, ...\n"
         "verify [ID]                          replay everything and compare; 1 if it differs\n"
         "name ID NAME [--at N]                name a version; unname ID NAME\n"
         "restore ID --at N|NAME               make the text what it was, as a new change\n"
         "rebind ID FILE                       the file was moved\n"
         "forget ID                            drop the history; the file stays\n\n"
         "ID may be shortened. --format json for list, import, edit and search; --author NAME.",
         runReplica},
    };
}

// What other programs and those who work on this one need.
Commands toolCommands() {
    return {
        {"schema", "print the JSON Schema of the format, for editors that read JSON Schema",
         "[--step-type TYPE] [--plugins DIR] [FILE]\n\n"
         "--step-type: of one step instead of a whole file. --plugins: a folder with step types of "
         "your\n"
         "own; without it PIPELINE_STEPS, else the nearest .pipeline-steps above FILE or the "
         "working folder.",
         runSchema},
        {"lsp", "serve an editor with the Language Server Protocol over standard input and output",
         "[--plugins DIR] [--stdio]", runLsp},
        {"bench", "measure the document machinery",
         "document [--steps N] | history [--steps N] [--edits N] | text TRACE.json[.gz] |\n"
         "search [--pipelines N]\n\n"
         "Prints one line of JSON. For comparisons with other libraries there are peer-text TRACE "
         "one|each,\n"
         "peer-concurrent TRACE, peer-offline TRACE [EDITS] and peer-structure MODEL.json.",
         runBench},
        {"simulate", "run whole worlds of replicas from seeds, and check what must hold",
         "[--seeds A..B] [--steps N] [--time-limit SECONDS] [--plan FILE]\n\n"
         "A failure prints the smallest plan found that still fails; --plan runs one again. The "
         "last line is\n"
         "JSON: seeds, changes, faults by kind, simulated_seconds, failures.",
         runSimulate},
    };
}

}  // namespace

const std::vector<CommandInfo>& commands() {
    static const Commands kCommands = [] {
        Commands all = fileCommands();
        for (const Commands& more : {versionCommands(), toolCommands()})
            all.insert(all.end(), more.begin(), more.end());
        return all;
    }();
    return kCommands;
}

}  // namespace pe::cli
