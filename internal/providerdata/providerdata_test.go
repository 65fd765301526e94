// SPDX-License-Identifier: MPL-2.0

package providerdata_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/ownership"
	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestReady(t *testing.T) {
	client, err := refold.New(refold.Options{BaseURL: &url.URL{Scheme: "https", Host: "refold.example"}, APIKey: "key"})
	if err != nil {
		t.Fatal(err)
	}
	var diagnostics diag.Diagnostics
	if got := providerdata.From(providerdata.Ready(client), &diagnostics).Client(&diagnostics); got != client || len(diagnostics) != 0 {
		t.Errorf("Client = %p, %v, want %p", got, diagnostics, client)
	}
}

// TestPendingNamesAttributes: the reader must learn what is not known.
func TestPendingNamesAttributes(t *testing.T) {
	var diagnostics diag.Diagnostics
	pending := providerdata.From(providerdata.Pending([]string{"api_key", "base_url"}), &diagnostics)
	if len(diagnostics) != 0 {
		t.Fatalf("before it is used: %v", diagnostics)
	}
	for range 2 {
		if client := pending.Client(&diagnostics); client != nil {
			t.Fatal("a client came out of nowhere")
		}
	}
	if diagnostics.ErrorsCount() != 1 {
		t.Fatalf("diagnostics = %v, want one error, however often it is asked", diagnostics)
	}
	for _, part := range []string{"api_key, base_url", "only known after apply", "-target"} {
		if !strings.Contains(diagnostics[0].Detail(), part) {
			t.Errorf("detail %q does not say %q", diagnostics[0].Detail(), part)
		}
	}
}

func TestNotConfigured(t *testing.T) {
	var diagnostics diag.Diagnostics
	none := providerdata.From(nil, &diagnostics)
	if none != nil || len(diagnostics) != 0 {
		t.Fatalf("From(nil) = %v, %v, want nil without an error", none, diagnostics)
	}
	if none.Client(&diagnostics) != nil || diagnostics.ErrorsCount() != 1 || !strings.Contains(diagnostics[0].Summary(), "not configured") {
		t.Errorf("diagnostics = %v", diagnostics)
	}
}

func TestUnexpectedProviderData(t *testing.T) {
	var diagnostics diag.Diagnostics
	if got := providerdata.From("a string", &diagnostics); got != nil {
		t.Errorf("From = %v, want nil", got)
	}
	if diagnostics.ErrorsCount() != 1 || !strings.Contains(diagnostics[0].Detail(), "string") || !strings.Contains(diagnostics[0].Detail(), "bug in the provider") {
		t.Errorf("diagnostics = %v", diagnostics)
	}
}

func TestDeletionPolicy(t *testing.T) {
	var unconfigured *providerdata.Data
	for name, test := range map[string]struct {
		data *providerdata.Data
		want ownership.Policy
	}{
		"not configured": {unconfigured, ownership.Delete},
		"none":           {providerdata.Pending(nil).WithDeletionPolicy(""), ownership.Delete},
		"one":            {providerdata.Pending(nil).WithDeletionPolicy(ownership.Prevent), ownership.Prevent},
	} {
		if got := test.data.DeletionPolicy(); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}
