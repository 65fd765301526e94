// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/live/site"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// environment has the settings of a mock.
func environment(name string) string {
	return map[string]string{site.KeyVariable: mockapi.TestKey, site.BaseURLVariable: "https://refold.test"}[name]
}

func TestCommand(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		sweeps bool
		says   []string
	}{
		"questions": {false, []string{"Asking https://refold.test. The accounts of this run begin with tf-live-", "FACTS.md 4.1\n  UDF.Merge: true\n", "UDF: mockapi.UDFBehaviour{\n\t\tMerge: true,\n"}},
		"sweep":     {true, []string{"deleted tf-live-19990101T000000Z-00000000-x\n1 accounts of earlier runs were deleted at https://refold.test.\n"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				refold := mockapi.New(mockapi.WithBehaviour(mockapi.Behaviour{UDF: mockapi.UDFBehaviour{Merge: true}}))
				refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "tf-live-19990101T000000Z-00000000-x"})
				var out strings.Builder
				if err := run(t.Context(), test.sweeps, environment, acctest.InProcess(t, refold), &out); err != nil {
					t.Error(err)
				}
				for _, text := range test.says {
					if !strings.Contains(out.String(), text) {
						t.Errorf("it does not say %q:\n%s", text, &out)
					}
				}
				if acctest.HoldsSecret(out.String(), mockapi.TestKey) || strings.Contains(out.String(), "eyJ") {
					t.Errorf("it shows the key, or a session token:\n%s", &out)
				}
				if left := refold.Accounts(mockapi.EnvironmentTest); len(left) > 0 {
					t.Errorf("%d accounts are left", len(left))
				}
			})
		})
	}
}

// Without a key the command fails, and says what it takes.
func TestCommandWithoutKey(t *testing.T) {
	t.Parallel()
	err := run(t.Context(), false, func(string) string { return "" }, nil, new(strings.Builder))
	if err == nil || !strings.Contains(err.Error(), site.KeyVariable+" is not set, so nothing was run") {
		t.Errorf("without a key: %v", err)
	}
}
