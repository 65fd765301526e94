// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

func TestInvalidConfiguration(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	bad := many(30)
	for number := range 12 {
		bad[" "+id(number)] = account("Space", nil)
	}
	none := many(2)
	none[id(0)] = tftypes.NewValue(accountType(), nil)
	plain := func(byAccount map[string]keys) tftypes.Value {
		return o.config(many(2), set("auth_credentials", credentials(byAccount)))
	}
	half := set("max_deletions", tftypes.NewValue(tftypes.Number, 1.5))
	version := set("auth_credentials_wo_version", acctest.Version(1))
	for summary, config := range map[string]tftypes.Value{
		"Not usable as linked account ids":              o.config(bad),
		"An account is null":                            o.config(none),
		"Not a whole number":                            o.config(many(1), half),
		"A name is empty":                               o.config(map[string]tftypes.Value{"acme": account("", nil)}),
		"A version without write-only credentials":      o.config(many(1), version, set("auth_credentials", credentials(map[string]keys{id(0): {"a": "b"}}))),
		"Write-only credentials need a version":         o.config(many(1), set("auth_credentials_wo", credentials(map[string]keys{id(0): {"a": "b"}}))),
		"Two forms of credentials at once":              o.config(many(1), version, set("auth_credentials", credentials(nil)), set("auth_credentials_wo", credentials(nil))),
		"Credentials of an account that is not managed": plain(map[string]keys{"acme": {"a": "b"}}),
		"No credentials":                                plain(map[string]keys{id(0): {}}),
		"Not usable as the key of a credential":         plain(map[string]keys{id(0): {"": "b"}}),
	} {
		diagnostics := o.protocol.Validate(typeName, config)
		if detail := acctest.WantDiagnostic(t, diagnostics, acctest.Failure, summary); strings.Count(detail, "customer-") > 11 {
			t.Errorf("%s: %s", summary, detail)
		}
	}
	acctest.WantNoDiagnostics(t, o.protocol.Validate(typeName, o.config(nil)))
	acctest.WantNoDiagnostics(t, o.protocol.Validate(typeName, o.writeOnly(many(2), 1, map[string]keys{id(0): {"a": "b"}})))
}

// TestHalfADeletion: a number that is only known in the plan is refused there, as a whole.
func TestHalfADeletion(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(many(2)))
	for _, prior := range []*acctest.Instance{nil, &state} {
		for _, number := range []any{1.5, big.NewFloat(1e300)} {
			config := o.config(many(1), set("max_deletions", tftypes.NewValue(tftypes.Number, number)))
			diagnostics := o.Protocol(t, acctest.Unpaced).Plan(typeName, prior, config).Diagnostics
			acctest.WantDiagnostic(t, costOf(diagnostics), acctest.Failure, "Not a whole number", "`max_deletions` is 1")
		}
	}
}

func TestCredentialKeysThatDifferOnlyInCase(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	config := o.config(many(2), set("auth_credentials", credentials(map[string]keys{
		id(0): {"Token": "a", "token": "b"}, id(1): {"Token": "a", "secret": "b"},
	})))
	detail := acctest.WantDiagnostic(t, o.protocol.Validate(typeName, config), acctest.Warning, "Credential keys that differ only in case")
	if !strings.Contains(detail, id(0)) || strings.Contains(detail, id(1)) {
		t.Error(detail)
	}
}

// TestRespelledIDs: a spreadsheet that changes upper and lower case would delete customers.
func TestRespelledIDs(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	state := o.apply(nil, o.config(map[string]tftypes.Value{"o10": account(nil, nil), "p": account(nil, nil)}))
	planned := o.plan(state, o.config(map[string]tftypes.Value{"O10": account(nil, nil), "q": account(nil, nil)}))
	if said := acctest.List(planned); !strings.Contains(said, "1 linked account is to be deleted for a change of case") || !strings.Contains(said, `"o10" becomes "O10"`) {
		t.Error(said)
	}
	if said := acctest.List(o.plan(state, o.config(map[string]tftypes.Value{"o10": account(nil, nil), "q": account(nil, nil)}))); strings.Contains(said, "case") {
		t.Error(said)
	}
}

// Refold knows them as two accounts; whatever folds case on the way does not.
func TestIDsThatDifferOnlyInCase(t *testing.T) {
	t.Parallel()
	o := startOrganization(t)
	alike := map[string]tftypes.Value{"globex": account(nil, nil)}
	for _, id := range []string{"Acme", "acme", "ACME", "Stra\u00dfe", "strasse"} {
		alike[id] = account(nil, nil)
	}
	detail := acctest.WantDiagnostic(t, o.protocol.Validate(typeName, o.config(alike)), acctest.Warning, "Linked account ids that differ only in case or form")
	for _, id := range []string{`"ACME" and "Acme"`, `"acme"`, `"strasse"`} {
		if !strings.Contains(detail, id) {
			t.Errorf("%s is not named: %s", id, detail)
		}
	}
	if strings.Contains(detail, "globex") {
		t.Error(detail)
	}
}
