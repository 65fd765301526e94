// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	odd := map[string]tftypes.Value{
		"a,b":     account("Comma", fields("pro")),
		"*":       account("Star", nil),
		`q"uote`:  account("Quote", nil),
		"x y":     account("Space", nil),
		"nobody":  account(nil, fields("free")),
		"ünïcode": account("Ü", nil),
	}
	o.apply(nil, o.config(odd))
	// What an import finds is managed as a whole.
	for id, element := range odd {
		parts := map[string]tftypes.Value{}
		if err := element.As(&parts); err != nil {
			t.Fatal(err)
		}
		if parts["udf"].IsNull() {
			parts["udf"] = tftypes.NewValue(fieldsType(), map[string]tftypes.Value{})
			odd[id] = tftypes.NewValue(accountType(), parts)
		}
	}
	only := func(ids ...string) map[string]tftypes.Value {
		some := map[string]tftypes.Value{}
		for _, id := range ids {
			some[id] = odd[id]
		}
		return some
	}
	for importID, want := range map[string]map[string]tftypes.Value{
		"*":                     odd,
		`"*"`:                   only("*"),
		`"a,b", nobody ,x y`:    only("a,b", "nobody", "x y"),
		"nobody\nx y\n":         only("nobody", "x y"),
		`ünïcode,"q""uote","*"`: only("ünïcode", `q"uote`, "*"),
	} {
		t.Run(importID, func(t *testing.T) {
			imported, diagnostics := o.Protocol(t, acctest.Unpaced).Import(typeName, importID)
			acctest.WantNoDiagnostics(t, diagnostics)
			holds(t, imported, want)
			// The configuration that shows the same has nothing to change.
			o.ResetRequests()
			o.apply(&imported, o.config(want))
			o.sent(0, 0)
		})
	}
	identity := tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"linked_account_ids": tftypes.List{ElementType: tftypes.String}}},
		map[string]tftypes.Value{"linked_account_ids": tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{acctest.Text("a,b"), acctest.Text("*")})})
	imported, diagnostics := o.Protocol(t, acctest.Unpaced).ImportByIdentity(typeName, identity)
	acctest.WantNoDiagnostics(t, diagnostics)
	holds(t, imported, only("a,b", "*"))
}

func TestImportRefuses(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	_, diagnostics := o.protocol.Import(typeName, "*")
	acctest.WantDiagnostic(t, diagnostics, acctest.Failure, "No linked accounts to import")
	o.apply(nil, o.config(many(2)))
	for importID, want := range map[string]struct{ summary, part string }{
		id(0) + ",acme,globex":                {"2 of 3 linked accounts do not exist", `"acme", "globex"`},
		id(0) + ",":                           {"Not usable as an import id", "entry 2 of 2 is empty"},
		"acme,acme, acme":                     {"1 of 1 linked accounts does not exist", `"acme"`},
		"acme,a\tb":                           {"Not usable as linked account ids", `(accounts: "a\tb")`},
		`a"b` + strings.Repeat(",acme", 1000): {"Not usable as an import id", "each double quote within is doubled"},
		`"open`:                               {"Not usable as an import id", "double quotes"},
	} {
		_, diagnostics := o.Protocol(t, acctest.Unpaced).Import(typeName, importID)
		if detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, want.summary); !strings.Contains(detail, want.part) || len(detail) > 1000 {
			t.Errorf("%s: %s", importID, detail)
		}
	}
}

func TestImportOfMany(t *testing.T) {
	t.Parallel()
	shortrun.WithoutRaceDetector(t)
	o := startOrganization(t, mockapi.WithBehaviour(mockapi.Behaviour{List: mockapi.ListBehaviour{MaxLimit: 7}}))
	o.apply(nil, o.config(many(300)))
	o.ResetRequests()
	imported, diagnostics := o.Protocol(t, acctest.Unpaced).Import(typeName, "*")
	acctest.WantNoDiagnostics(t, diagnostics)
	holds(t, imported, many(300))
	if requests := len(o.Requests()); requests > 44 {
		t.Errorf("%d requests for 43 pages", requests)
	}
}

// TestImportLeavesOutUnusableIDs: the next apply would delete what no configuration can hold.
func TestImportLeavesOutUnusableIDs(t *testing.T) {
	t.Parallel()
	for _, fourFields := range []bool{false, true} {
		o := startOrganization(t, mockapi.WithBehaviour(mockapi.Behaviour{List: mockapi.ListBehaviour{FourFields: fourFields}}))
		for _, id := range []string{" x", "cafe\u0301", "acme"} {
			o.Create(test, mockapi.Account{AccountID: id, Name: new("Acme")})
		}
		imported, diagnostics := o.protocol.Import(typeName, "*")
		detail := acctest.WantDiagnostic(t, diagnostics, acctest.Warning, "2 linked accounts were left out of the import")
		if !strings.Contains(detail, `" x"`) || !strings.Contains(detail, "cafe") {
			t.Errorf("detail: %s", detail)
		}
		holds(t, imported, map[string]tftypes.Value{"acme": account("Acme", map[string]tftypes.Value{})})
	}
}
