// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
)

func TestPlanCredentialChange(t *testing.T) {
	one, two := map[string]string{"a": "1"}, map[string]string{"a": "2", "b": "3"}
	kept := (&credentials.DefaultApp{}).With([]string{"a"})
	for name, test := range map[string]struct {
		state, configured types.Object
		kept              *credentials.DefaultApp
		seed              bool
		put, remove       []string
		before            []string
	}{
		"nothing":                   {state: noYourApp(), configured: noYourApp()},
		"set up":                    {state: noYourApp(), configured: app(t, "", one, nil, 0), seed: true},
		"the same":                  {state: app(t, "", one, nil, 0), configured: app(t, "", one, nil, 0), kept: kept, before: []string{"a"}},
		"the same, nothing kept":    {state: app(t, "", one, nil, 0), configured: app(t, "", one, nil, 0), before: []string{"a"}},
		"other values":              {state: app(t, "", one, nil, 0), configured: app(t, "", two, nil, 0), kept: kept, put: []string{"a", "b"}, before: []string{"a"}},
		"fewer":                     {state: app(t, "", two, nil, 0), configured: app(t, "", map[string]string{"b": "3"}, nil, 0), remove: []string{"a"}, before: []string{"a", "b"}},
		"taken out":                 {state: app(t, "", one, nil, 0), configured: noYourApp(), kept: kept, remove: []string{"a"}, before: []string{"a"}},
		"left of a failed update":   {state: noYourApp(), configured: noYourApp(), kept: kept, remove: []string{"a"}, before: []string{"a"}},
		"for another app":           {state: app(t, "x", one, nil, 0), configured: app(t, "y", one, nil, 0), kept: kept, seed: true, before: []string{"a"}},
		"the same version":          {state: app(t, "", nil, nil, 1), configured: app(t, "", nil, two, 1), kept: kept, before: []string{"a"}},
		"the same version, set up":  {state: noYourApp(), configured: app(t, "", nil, two, 1), seed: true},
		"the next version":          {state: app(t, "", nil, nil, 1), configured: app(t, "", nil, two, 2), kept: kept, put: []string{"a", "b"}, before: []string{"a"}},
		"from plain to write-only":  {state: app(t, "", one, nil, 0), configured: app(t, "", nil, one, 1), kept: kept, before: []string{"a"}},
		"from write-only to plain":  {state: app(t, "", nil, nil, 1), configured: app(t, "", one, nil, 0), kept: kept, put: []string{"a"}, before: []string{"a"}},
		"a version for another app": {state: app(t, "x", nil, nil, 1), configured: app(t, "y", nil, one, 1), kept: kept, seed: true, before: []string{"a"}},
		// As ignore_changes leaves it: which of the two was sent last is not known.
		"values and a version in the state":          {state: app(t, "", one, nil, 1), configured: app(t, "", one, nil, 0), kept: kept, put: []string{"a"}, before: []string{"a"}},
		"values and a version in both":               {state: app(t, "", one, nil, 1), configured: app(t, "", one, one, 1), kept: kept, put: []string{"a"}, before: []string{"a"}},
		"values only in the state, the same version": {state: app(t, "", one, nil, 1), configured: app(t, "", nil, one, 1), kept: kept, put: []string{"a"}, before: []string{"a"}},
		"values only configured, the same version":   {state: app(t, "", nil, nil, 1), configured: app(t, "", one, nil, 1), kept: kept, put: []string{"a"}, before: []string{"a"}},
	} {
		var diagnostics diag.Diagnostics
		change := planCredentialChange(t.Context(), test.state, test.configured, test.kept, &diagnostics)
		if change.Seed != test.seed || !slices.Equal(change.Put, test.put) || !slices.Equal(change.Remove, test.remove) || !slices.Equal(change.Before.Names(), test.before) || diagnostics.HasError() {
			t.Errorf("%s: %+v of %q, %v", name, change, change.Before.Names(), diagnostics)
		}
	}
}

func TestUnsettled(t *testing.T) {
	one := map[string]string{"a": "1"}
	doubtful, left := (&credentials.DefaultApp{}).With([]string{"a", "b"}).Doubting("a"), (&credentials.DefaultApp{}).With([]string{"a"})
	for name, test := range map[string]struct {
		planned, config types.Object
		kept            *credentials.DefaultApp
		want            []string
	}{
		"nothing":                       {noYourApp(), noYourApp(), nil, nil},
		"certain":                       {app(t, "", one, nil, 0), app(t, "", one, nil, 0), left, nil},
		"left of a failed update":       {noYourApp(), noYourApp(), left, []string{"a"}},
		"plain":                         {app(t, "", one, nil, 0), app(t, "", one, nil, 0), doubtful, []string{"a"}},
		"write-only":                    {app(t, "", nil, nil, 1), app(t, "", nil, one, 1), doubtful, []string{"a"}},
		"write-only, which is ignored":  {app(t, "", nil, nil, 1), app(t, "", nil, nil, 1), doubtful, nil},
		"write-only, which was ignored": {app(t, "", nil, nil, 1), noYourApp(), doubtful, nil},
	} {
		var diagnostics diag.Diagnostics
		if got := unsettled(t.Context(), test.planned, test.config, test.kept, &diagnostics); !slices.Equal(got, test.want) || diagnostics.HasError() {
			t.Errorf("%s: %q, %v", name, got, diagnostics)
		}
	}
}
