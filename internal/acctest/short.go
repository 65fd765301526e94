// SPDX-License-Identifier: MPL-2.0

package acctest

import "testing"

// Thorough is for a test, or a case of one, that a short run (go test -short, .ci/run) can do
// without. Instead names the test that holds the same, or most of it, in each run.
func Thorough(t testing.TB, instead string) {
	t.Helper()
	if testing.Short() {
		t.Skip("only make test runs this, and of each change at least: " + instead)
	}
}

// withoutRaceDetector is before each use of a CLI. A short run comes twice to a test: with the race
// detector for what is in this process, and without for the CLI, beside which it costs most and
// sees least.
func withoutRaceDetector(t testing.TB) {
	t.Helper()
	if testing.Short() && isRaceDetectorOn {
		t.Skip("a short run uses a CLI without the race detector")
	}
}
