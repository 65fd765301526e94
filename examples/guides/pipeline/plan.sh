#!/bin/sh
# Makes a plan, and refuses one that deletes too much. What it leaves is tfplan, to be applied, and
# tfplan.json and deleted.txt, to be read.
# Exit codes: 0 for nothing to do, 2 for a plan to review, 3 for one that is refused; all others
# are errors.
set -eu

# How many objects one plan may delete at Refold.
allowed=3

# Nothing of an earlier run is taken for this one's.
rm -f tfplan tfplan.json deleted.txt

code=0
terraform plan -input=false -lock-timeout=5m -detailed-exitcode -out=tfplan || code=$?
if [ "$code" -ne 2 ]; then
  exit "$code"
fi

terraform show -json tfplan >tfplan.json
# Its own codes, such as 2 for a file that is missing, would mean something else here.
jq -r -f deleted.jq tfplan.json >deleted.txt || exit 1
deleted=$(grep -c . deleted.txt || true)
if [ "$deleted" -gt "$allowed" ]; then
  echo "Error: the plan deletes $deleted objects at Refold, and $allowed are allowed:" >&2
  cat deleted.txt >&2
  exit 3
fi
exit 2
