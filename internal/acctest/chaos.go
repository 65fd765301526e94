// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"os"
	"strconv"
	"testing"
)

const (
	chaosSeedsVariable = "CHAOS_SEEDS"
	// defaultChaosSeeds is what every change can afford, and still reaches each of the behaviours
	// that chaos tests choose by their seed.
	defaultChaosSeeds = 8
)

// ChaosSeeds is how many seeds a chaos test runs, counted from 0: as many as the environment
// variable CHAOS_SEEDS says, 8 without it.
func ChaosSeeds(t testing.TB) uint64 {
	t.Helper()
	text := os.Getenv(chaosSeedsVariable)
	if text == "" {
		return defaultChaosSeeds
	}
	seeds, err := strconv.ParseUint(text, 10, 16)
	if err != nil || seeds == 0 {
		t.Fatalf("%s=%q is no number of seeds from 1 to 65535", chaosSeedsVariable, text)
	}
	return seeds
}

// ReplayChaos logs, if a test of one seed failed, the command that runs this seed alone.
func ReplayChaos(t testing.TB, folder string, seed uint64) {
	t.Helper()
	if t.Failed() {
		t.Logf("replay with: %s=%d go test ./%s -race -run '^TestChaos$/^%d$'", chaosSeedsVariable, seed+1, folder, seed)
	}
}
