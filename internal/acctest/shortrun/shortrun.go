// SPDX-License-Identifier: MPL-2.0

// Package shortrun says what a short run of the tests (make test-short) leaves out, or does without
// the race detector. Its first pass has the race detector, and writes down which tests it has left
// to the second pass, which is without.
package shortrun

import (
	"os"
	"testing"
)

// leftVariable names the file of the tests that the first pass leaves to the second, a name a line.
const leftVariable = "SHORT_RUN_LEFT"

// Thorough is for a test, or a case of one, that a short run can do without. Instead names the test
// that holds the same, or most of it, in each run.
func Thorough(t testing.TB, instead string) {
	t.Helper()
	if testing.Short() {
		t.Skip("only make test runs this, and of each change at least: " + instead)
	}
}

// WithoutRaceDetector is for a test, or a case of one, that goes one way at a time, many times
// over, and for each use of a CLI: the race detector makes it many times as slow, and sees nothing
// there that it does not see elsewhere.
func WithoutRaceDetector(t testing.TB) {
	t.Helper()
	if !testing.Short() || !isRaceDetectorOn {
		return
	}
	if err := leave(t.Name()); err != nil {
		t.Fatalf("leave the test to the run without the race detector: %v", err)
	}
	t.Skip("a short run does this without the race detector")
}

// leave writes a name down. By hand, without the second pass, nothing asks for that.
func leave(name string) (err error) {
	path := os.Getenv(leftVariable)
	if path == "" {
		return nil
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = file.WriteString(name + "\n")
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}
