// SPDX-License-Identifier: MPL-2.0

package providerdata_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/gocobalt/terraform-provider-refold/internal/providerdata"
)

// privateState is Terraform's, by key.
type privateState map[string][]byte

// GetKey implements providerdata.PrivateReader.
func (p privateState) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) {
	if key == "reserved" {
		return nil, diag.Diagnostics{diag.NewErrorDiagnostic("Reserved", "")}
	}
	return p[key], nil
}

// SetKey implements providerdata.PrivateWriter.
func (p privateState) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	if value == nil {
		delete(p, key)
		return nil
	}
	p[key] = value
	return nil
}

func TestPrivateState(t *testing.T) {
	names, kept := providerdata.PrivateState[[]string]{Key: "names", About: "names"}, privateState{}
	if value, diagnostics := names.Read(t.Context(), kept); value != nil || diagnostics != nil {
		t.Errorf("of nothing: %v, %v", value, diagnostics)
	}
	if diagnostics := names.Keep(t.Context(), kept, &[]string{"a", "b"}); diagnostics != nil {
		t.Fatal(diagnostics)
	}
	value, diagnostics := names.Read(t.Context(), kept)
	if value == nil || !slices.Equal(*value, []string{"a", "b"}) || diagnostics != nil {
		t.Errorf("read %v, %v", value, diagnostics)
	}
	if diagnostics := names.Keep(t.Context(), kept, nil); diagnostics != nil || len(kept) != 0 {
		t.Errorf("left %q, %v", slices.Collect(maps.Keys(kept)), diagnostics)
	}
}

// What is kept may be secret, and an error of encoding/json quotes it.
func TestPrivateStateThatIsDamaged(t *testing.T) {
	names := providerdata.PrivateState[[]int]{Key: "names", About: "`names`"}
	value, diagnostics := names.Read(t.Context(), privateState{"names": []byte(`["secret"]`)})
	if value != nil || diagnostics.ErrorsCount() != 1 {
		t.Fatalf("read %v, %v", value, diagnostics)
	}
	if detail := diagnostics[0].Detail(); !strings.Contains(detail, "keeps about `names` cannot") || strings.Contains(detail, "secret") {
		t.Error(detail)
	}
}

func TestPrivateStateThatFails(t *testing.T) {
	reserved := providerdata.PrivateState[bool]{Key: "reserved"}
	if value, diagnostics := reserved.Read(t.Context(), privateState{}); value != nil || !diagnostics.HasError() {
		t.Errorf("read %v, %v", value, diagnostics)
	}
	impossible := providerdata.PrivateState[chan int]{Key: "channel"}
	if diagnostics := impossible.Keep(t.Context(), privateState{}, new(make(chan int))); diagnostics.ErrorsCount() != 1 {
		t.Error(diagnostics)
	}
}
