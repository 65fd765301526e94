// SPDX-License-Identifier: MPL-2.0

package main

import (
	"slices"
	"strings"
	"testing"
)

func configuration(t *testing.T) string {
	t.Helper()
	content, err := readFile("../..", configurationFile)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// Those that the Terraform registry recommends, and the others of Go's that both CLIs run on.
func TestConfiguredPlatforms(t *testing.T) {
	configured := configuredPlatforms(configuration(t))
	for _, want := range strings.Fields(`linux_amd64 linux_arm64 linux_386 linux_arm linux_s390x darwin_amd64 darwin_arm64
		windows_amd64 windows_arm64 windows_386 freebsd_amd64 freebsd_arm64 freebsd_386 freebsd_arm`) {
		if !slices.ContainsFunc(configured, func(p platform) bool { return p.String() == want }) {
			t.Errorf("%s does not build for %s", configurationFile, want)
		}
	}
	for _, one := range configured {
		if machines()[one] == "" {
			t.Errorf("no rule knows what a binary for %s looks like", one)
		}
	}
}

func TestNarrow(t *testing.T) {
	whole, wanted := configuration(t), []platform{{"linux", "arm"}, {"windows", "386"}}
	narrowed, err := narrow(whole, wanted...)
	if err != nil {
		t.Fatal(err)
	}
	if got := configuredPlatforms(narrowed); !slices.EqualFunc(got, wanted, func(a, b platform) bool { return slices.Contains(wanted, a) }) {
		t.Errorf("the narrowed configuration builds for %v, want %v", got, wanted)
	}
	if dropped := len(strings.Split(whole, "\n")) - len(strings.Split(narrowed, "\n")); dropped != len(configuredPlatforms(whole))-2 {
		t.Errorf("%d lines went, and not only those of platforms", dropped)
	}
	if _, err := narrow(whole, platform{"plan9", "amd64"}); err == nil || !strings.Contains(err.Error(), "plan9_amd64") {
		t.Errorf("error %v, want one that names the platform", err)
	}
}

func TestOtherMachine(t *testing.T) {
	for _, this := range configuredPlatforms(configuration(t)) {
		other := otherMachine(this)
		if other == this || !slices.Contains([]string{"386", "arm"}, other.arch) {
			t.Errorf("beside %s, a snapshot is for %s", this, other)
		}
	}
}
