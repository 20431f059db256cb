# SPDX-License-Identifier: MIT
# Validates documents against a schema: printed_schema.py SCHEMA DOCUMENTS prints, for each of the
# list of documents, the pointers at which the schema refuses something. The Debian package
# python3-jsonschema does the work.
import json
import sys

from jsonschema import Draft202012Validator

schema, documents = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
print(json.dumps([["".join(f"/{token}" for token in error.absolute_path)
                   for error in validator.iter_errors(document)] for document in documents]))
