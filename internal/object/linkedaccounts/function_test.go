// SPDX-License-Identifier: MPL-2.0

package linkedaccounts_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/provider"
)

const functionName = "parse_accounts_csv"

// call calls the function over the plugin protocol.
func call(t testing.TB, argument tftypes.Value) (tftypes.Value, *tfprotov6.FunctionError) {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test")())()
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := tfprotov6.NewDynamicValue(tftypes.String, argument)
	if err != nil {
		t.Fatal(err)
	}
	response, err := server.CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{Name: functionName, Arguments: []*tfprotov6.DynamicValue{&encoded}})
	if err != nil {
		t.Fatal(err)
	}
	if response.Error != nil {
		return tftypes.Value{}, response.Error
	}
	result, err := response.Result.Unmarshal(accountsType())
	if err != nil {
		t.Fatal(err)
	}
	return result, nil
}

func TestFunction(t *testing.T) {
	t.Parallel()
	none := map[string]tftypes.Value{}
	for content, want := range map[string]map[string]tftypes.Value{
		"linked_account_id,name,plan\nacme,Acme,pro\nglobex,,\n": {
			"acme": account("Acme", map[string]tftypes.Value{"plan": text("pro")}), "globex": account(nil, none),
		},
		"linked_account_id\nacme\n":                {"acme": account(nil, nil)},
		"linked_account_id,name,plan\n":            none,
		"linked_account_id;name\r\nacme;Acme,\r\n": {"acme": account("Acme,", nil)},
	} {
		got, failure := call(t, text(content))
		if failure != nil {
			t.Errorf("%q: %s", content, failure.Text)
			continue
		}
		if want := tftypes.NewValue(accountsType(), want); !got.Equal(want) {
			t.Errorf("%q: %s, want %s", content, got, want)
		}
	}
}

func TestFunctionRefuses(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"":                                "there is no header",
		"linked_account_id\nacme\nacme\n": `line 3: linked_account_id "acme" stands on line 2 already`,
	} {
		_, failure := call(t, text(content))
		if failure == nil || failure.FunctionArgument == nil || *failure.FunctionArgument != 0 || !strings.HasPrefix(failure.Text, want) {
			t.Errorf("%q: %+v, want an error of the argument: %s", content, failure, want)
		}
	}
	if _, failure := call(t, tftypes.NewValue(tftypes.String, nil)); failure == nil {
		t.Error("null is no CSV")
	}
}

func output(csv string) string {
	return fmt.Sprintf("output \"accounts\" {\n  value = provider::refold::%s(%q)\n}\n", functionName, csv)
}

func TestFunctionByCLI(t *testing.T) {
	t.Parallel()
	acctest.Run(t,
		resource.TestStep{
			Config: output("linked_account_id,name,plan\nacme,\"Acme, Inc.\",pro\nglobex,,\n"),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("accounts", knownvalue.MapExact(map[string]knownvalue.Check{
				"acme": knownvalue.ObjectExact(map[string]knownvalue.Check{
					"name": knownvalue.StringExact("Acme, Inc."), "udf": knownvalue.MapExact(map[string]knownvalue.Check{"plan": knownvalue.StringExact("pro")}),
				}),
				"globex": knownvalue.ObjectExact(map[string]knownvalue.Check{"name": knownvalue.Null(), "udf": knownvalue.MapExact(map[string]knownvalue.Check{})}),
			}))},
		},
		resource.TestStep{
			Config:      output("linked_account_id,name\nacme\n,Globex\n"),
			ExpectError: regexp.MustCompile(`(?s)2 problems in the CSV:\s+- line 2: the number of\s+cells\s+is\s+1.*- line 3: linked_account_id\s+is\s+missing`),
		},
	)
}

// The function as a CLI calls it: with the conversion of text and result.
func BenchmarkFunction(b *testing.B) {
	for _, lines := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			var csv strings.Builder
			csv.WriteString("linked_account_id,name,a,b,c,d,e,f,g,h\n")
			for line := range lines {
				fmt.Fprintf(&csv, "customer-%d,Customer %[1]d,1,2,3,4,5,6,7,8\n", line)
			}
			for b.Loop() {
				if _, failure := call(b, text(csv.String())); failure != nil {
					b.Fatal(failure.Text)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*lines), "ns/line")
		})
	}
}
