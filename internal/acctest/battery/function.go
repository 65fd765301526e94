// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// Function registers a function, which asks no Refold.
type Function struct {
	// Name is its name, such as parse_accounts_csv.
	Name string
	// Calls are calls that succeed. The first is also made by a CLI.
	Calls []Call
	// Refused are calls that fail.
	Refused []RefusedCall
}

// Call is a call that succeeds. Arguments and Result are written as Attributes are,
// the result with all of its attributes.
type Call struct {
	Arguments []any
	Result    any
}

// RefusedCall is a call that fails because of one of its arguments.
type RefusedCall struct {
	Arguments []any
	// Argument is the position of the one that the error is about, from 0.
	Argument int64
	// Text is within the error.
	Text string
}

func (f Function) typeName() string { return f.Name }

func (f Function) world(T) World { return World{Handler: http.NotFoundHandler()} }

// functionCases are the battery of a function.
func functionCases() []testCase[Function] {
	return []testCase[Function]{
		{name: "result", run: callFunction},
		{name: "refusal", run: callThatIsRefused},
		{name: "by CLI", run: callByCLI, byCLI: true},
	}
}

// arguments are arguments of a function as values.
func (b *bench) arguments(process *acctest.Protocol, f Function, from []any) []tftypes.Value {
	b.Helper()
	var values []tftypes.Value
	for i, parameter := range process.Schema().Functions[f.Name].Parameters {
		value, err := valueOf(parameter.Type, from[i])
		if err != nil {
			b.Fatalf("the registration: %s: %v", parameter.Name, err)
		}
		values = append(values, value)
	}
	return values
}

func callFunction(b *bench, f Function) {
	if len(f.Calls) == 0 {
		b.Fatalf("the registration has no call")
	}
	process := b.process()
	for _, call := range f.Calls {
		got, failure := process.CallFunction(f.Name, b.arguments(process, f, call.Arguments)...)
		if failure != nil {
			b.Errorf("%q: %s", call.Arguments, failure.Text)
			continue
		}
		want, err := valueOf(process.Schema().Functions[f.Name].Return.Type, call.Result)
		if err != nil {
			b.Fatalf("the registration: the result: %v", err)
		}
		if !got.Equal(want) {
			b.Errorf("%q gives %s, want %s", call.Arguments, got, want)
		}
	}
	if requests := b.wire.requests(); len(requests) > 0 {
		b.Errorf("a function asked Refold: %s %s", requests[0].method, requests[0].target)
	}
}

func callThatIsRefused(b *bench, f Function) {
	if len(f.Refused) == 0 {
		b.Fatalf("the registration has no call that is refused")
	}
	process := b.process()
	for _, call := range f.Refused {
		_, failure := process.CallFunction(f.Name, b.arguments(process, f, call.Arguments)...)
		if failure == nil {
			b.Errorf("%q is no error", call.Arguments)
			continue
		}
		if failure.FunctionArgument == nil || *failure.FunctionArgument != call.Argument || !strings.Contains(failure.Text, call.Text) {
			b.Errorf("%q: the error is not one of argument %d about %q: %s", call.Arguments, call.Argument, call.Text, failure.Text)
		}
	}
}

// callByCLI makes the first call with a real CLI.
func callByCLI(b *bench, f Function) {
	call := f.Calls[0]
	written, err := json.Marshal(call.Arguments)
	if err != nil {
		b.Fatal(err)
	}
	b.runCLI(resource.TestStep{
		Config: "output \"result\" {\n  value = jsonencode(provider::refold::" + f.Name + "(jsondecode(" + quoteHCL(string(written)) + ")...))\n}\n",
		Check: func(state *terraform.State) error {
			b.isJSON(state.RootModule().Outputs["result"].Value, call.Result)
			return nil
		},
	})
}

// isJSON checks a value that was written in JSON.
func (b *bench) isJSON(got, want any) {
	b.Helper()
	written, err := json.Marshal(want)
	if err != nil {
		b.Fatal(err)
	}
	var gotValue, wantValue any
	if err := json.Unmarshal([]byte(got.(string)), &gotValue); err != nil {
		b.Fatal(err)
	}
	if err := json.Unmarshal(written, &wantValue); err != nil {
		b.Fatal(err)
	}
	if !reflect.DeepEqual(gotValue, wantValue) {
		b.Errorf("the CLI gets %s, want %s", got, written)
	}
}

// quoteHCL writes a text as HCL has it.
func quoteHCL(text string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(text))
}
