// SPDX-License-Identifier: MPL-2.0

package battery_test

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
)

// recorder runs the one case whose name ends so, and keeps its failures.
type recorder struct {
	t    *testing.T
	only string
	ran  int

	mutex    sync.Mutex
	failures strings.Builder
}

// failuresOf runs one case of a suite, and returns what it says about it.
func failuresOf(t *testing.T, suite battery.Suite, only string) string {
	t.Helper()
	r := &recorder{t: t, only: only}
	suite.Run(r)
	if r.ran != 1 {
		t.Fatalf("%d cases are named %q, want 1", r.ran, only)
	}
	return r.failures.String()
}

// InVirtualTime implements battery.Runner.
func (r *recorder) InVirtualTime(name string, run func(battery.T)) {
	if r.wants(name) {
		synctest.Test(r.t, func(t *testing.T) { r.run(t, run) })
	}
}

// OnRealClock implements battery.Runner.
func (r *recorder) OnRealClock(name string, run func(battery.T)) {
	if r.wants(name) {
		r.run(r.t, run)
	}
}

// namesOf lists the cases of a suite.
func namesOf(suite battery.Suite) []string {
	var names namer
	suite.Run(&names)
	return names
}

// namer notes cases in place of running them.
type namer []string

// InVirtualTime implements battery.Runner.
func (n *namer) InVirtualTime(name string, _ func(battery.T)) { *n = append(*n, name) }

// OnRealClock implements battery.Runner.
func (n *namer) OnRealClock(name string, _ func(battery.T)) { *n = append(*n, name) }

// wants tells by a whole name, or by the part after the object's.
func (r *recorder) wants(name string) bool {
	return name == r.only || caseOf(name) == r.only
}

func (r *recorder) run(t *testing.T, run func(battery.T)) {
	r.ran++
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		run(&recorded{T: t, recorder: r})
	}()
	<-ended
}

// recorded is a test that does not fail.
type recorded struct {
	battery.T
	recorder *recorder
	failed   bool
}

// Parallel implements battery.T: a recorded case runs alone.
func (r *recorded) Parallel() {}

// Errorf implements testing.TB.
func (r *recorded) Errorf(format string, values ...any) {
	r.recorder.mutex.Lock()
	defer r.recorder.mutex.Unlock()
	r.failed = true
	fmt.Fprintf(&r.recorder.failures, format+"\n", values...)
}

// Error implements testing.TB.
func (r *recorded) Error(values ...any) { r.Errorf("%s", fmt.Sprint(values...)) }

// Fatalf implements testing.TB.
func (r *recorded) Fatalf(format string, values ...any) {
	r.Errorf(format, values...)
	runtime.Goexit()
}

// Fatal implements testing.TB.
func (r *recorded) Fatal(values ...any) { r.Fatalf("%s", fmt.Sprint(values...)) }

// Failed implements testing.TB.
func (r *recorded) Failed() bool {
	r.recorder.mutex.Lock()
	defer r.recorder.mutex.Unlock()
	return r.failed
}
