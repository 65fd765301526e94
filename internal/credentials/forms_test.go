// SPDX-License-Identifier: MPL-2.0

package credentials_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
)

// byKey are credentials with these keys and a value each.
func byKey(keys ...string) types.Map {
	values := map[string]attr.Value{}
	for _, key := range keys {
		values[key] = types.StringValue("secret " + key)
	}
	return types.MapValueMust(types.StringType, values)
}

func none() types.Map { return types.MapNull(types.StringType) }

func TestForms(t *testing.T) {
	unknown, version := types.MapUnknown(types.StringType), types.StringValue("1")
	for name, test := range map[string]struct {
		forms credentials.Forms
		// summary and at are of the only error, and empty for none.
		summary, at string
	}{
		"none":                                   {forms: credentials.Forms{}},
		"plain":                                  {forms: credentials.Forms{AuthCredentials: byKey("a")}},
		"write-only":                             {forms: credentials.Forms{AuthCredentialsWO: byKey("a"), AuthCredentialsWOVersion: version}},
		"plain, not known yet":                   {forms: credentials.Forms{AuthCredentials: unknown}},
		"write-only, nothing known yet":          {forms: credentials.Forms{AuthCredentialsWO: unknown, AuthCredentialsWOVersion: types.StringUnknown()}},
		"both":                                   {credentials.Forms{AuthCredentials: byKey("a"), AuthCredentialsWO: byKey("a")}, "Two forms of credentials at once", "app.auth_credentials"},
		"both with a version":                    {credentials.Forms{AuthCredentials: byKey("a"), AuthCredentialsWO: byKey("a"), AuthCredentialsWOVersion: version}, "Two forms of credentials at once", "app.auth_credentials"},
		"write-only without a version":           {credentials.Forms{AuthCredentialsWO: byKey("a")}, "Write-only credentials need a version", "app.auth_credentials_wo_version"},
		"a version alone, as without the values": {forms: credentials.Forms{AuthCredentialsWOVersion: version}},
		"plain with a version":                   {credentials.Forms{AuthCredentials: byKey("a"), AuthCredentialsWOVersion: version}, "A version without write-only credentials", "app.auth_credentials_wo_version"},
		"a version that is not known, with plain": {credentials.Forms{AuthCredentials: byKey("a"), AuthCredentialsWOVersion: types.StringUnknown()}, "A version without write-only credentials", "app.auth_credentials_wo_version"},
	} {
		var diagnostics diag.Diagnostics
		test.forms.Check(path.Root("app"), &diagnostics)
		if test.summary == "" {
			if len(diagnostics) != 0 {
				t.Errorf("%s: %v", name, diagnostics)
			}
			continue
		}
		if len(diagnostics) != 1 || diagnostics[0].Summary() != test.summary || diagnostics[0].(diag.DiagnosticWithPath).Path().String() != test.at {
			t.Errorf("%s: %v", name, diagnostics)
		}
	}
}

func TestConfigured(t *testing.T) {
	for name, test := range map[string]struct {
		forms credentials.Forms
		want  types.Map
	}{
		"none":       {credentials.Forms{AuthCredentials: none(), AuthCredentialsWO: none()}, none()},
		"plain":      {credentials.Forms{AuthCredentials: byKey("a"), AuthCredentialsWO: none()}, byKey("a")},
		"write-only": {credentials.Forms{AuthCredentials: none(), AuthCredentialsWO: byKey("b")}, byKey("b")},
		// ignore_changes can keep a form in the plan that the configuration left.
		"both": {credentials.Forms{AuthCredentials: byKey("a"), AuthCredentialsWO: byKey("b")}, byKey("b")},
	} {
		if got := test.forms.Configured(); !got.Equal(test.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestWithWriteOnly(t *testing.T) {
	config := credentials.Forms{AuthCredentialsWO: byKey("a"), AuthCredentialsWOVersion: types.StringValue("2")}
	merged := credentials.Forms{AuthCredentialsWO: none(), AuthCredentialsWOVersion: types.StringValue("1")}.WithWriteOnly(config)
	if !merged.AuthCredentialsWO.Equal(byKey("a")) || merged.AuthCredentialsWOVersion.ValueString() != "1" {
		t.Errorf("merged %+v", merged)
	}
	if other := (credentials.Forms{AuthCredentials: byKey("b"), AuthCredentialsWO: none()}).WithWriteOnly(config); !other.AuthCredentialsWO.IsNull() {
		t.Errorf("merged into a plan of the plain form: %+v", other)
	}
}

func TestLacksValues(t *testing.T) {
	version := types.StringValue("1")
	for name, test := range map[string]struct {
		forms credentials.Forms
		want  bool
	}{
		"none":               {credentials.Forms{AuthCredentials: none(), AuthCredentialsWO: none()}, false},
		"plain":              {credentials.Forms{AuthCredentials: byKey("a"), AuthCredentialsWO: none()}, false},
		"write-only":         {credentials.Forms{AuthCredentials: none(), AuthCredentialsWO: byKey("a"), AuthCredentialsWOVersion: version}, false},
		"not known":          {credentials.Forms{AuthCredentials: none(), AuthCredentialsWO: types.MapUnknown(types.StringType), AuthCredentialsWOVersion: version}, false},
		"a version alone":    {credentials.Forms{AuthCredentials: none(), AuthCredentialsWO: none(), AuthCredentialsWOVersion: version}, true},
		"a version of plain": {credentials.Forms{AuthCredentials: byKey("a"), AuthCredentialsWO: none(), AuthCredentialsWOVersion: version}, false},
	} {
		if got := test.forms.LacksValues(); got != test.want {
			t.Errorf("%s: LacksValues = %t", name, got)
		}
	}
}

func TestHasNull(t *testing.T) {
	partly := types.MapValueMust(types.StringType, map[string]attr.Value{"a": types.StringValue("1"), "b": types.StringNull()})
	if !credentials.HasNull(none()) || !credentials.HasNull(partly) || credentials.HasNull(byKey("a")) || credentials.HasNull(types.MapUnknown(types.StringType)) || credentials.HasNull(byKey()) {
		t.Error("null is mistaken")
	}
}

func TestFind(t *testing.T) {
	found := credentials.Find(byKey("token", "secret"))
	if found.IsEmpty || len(found.Unusable)+len(found.WithoutValue)+len(found.Twins) != 0 {
		t.Errorf("of good ones: %+v", found)
	}
	if found := credentials.Find(types.MapUnknown(types.StringType)); found.IsEmpty {
		t.Errorf("of unknown ones: %+v", found)
	}
	if found := credentials.Find(byKey()); !found.IsEmpty {
		t.Errorf("of none: %+v", found)
	}
	found = credentials.Find(types.MapValueMust(types.StringType, map[string]attr.Value{
		"a": types.StringNull(), "b": types.StringUnknown(), "": types.StringValue("1"), "Key": types.StringValue("2"), "key": types.StringValue("3"),
	}))
	if len(found.WithoutValue) != 1 || found.WithoutValue[0] != "a" {
		t.Errorf("without a value: %q", found.WithoutValue)
	}
	if len(found.Unusable) != 1 || !strings.HasPrefix(found.Unusable[0], `Key "" cannot be used: `) {
		t.Errorf("unusable: %q", found.Unusable)
	}
	if len(found.Twins) != 1 || !strings.HasPrefix(found.Twins[0], `Refold treats "Key" and "key" as two credentials`) {
		t.Errorf("twins: %q", found.Twins)
	}
}
