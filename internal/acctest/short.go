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

// WithoutRaceDetector is for a test, or a case of one, that goes one way at a time, many times
// over. A short run comes twice to it, with the race detector and without, and leaves it out of the
// first: the detector makes it many times as slow, and sees nothing there that it does not see
// elsewhere. So it is before each use of a CLI, too.
func WithoutRaceDetector(t testing.TB) {
	t.Helper()
	if testing.Short() && isRaceDetectorOn {
		t.Skip("a short run does this without the race detector")
	}
}
