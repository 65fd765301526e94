// SPDX-License-Identifier: MPL-2.0

package redactserver_test

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/redactserver"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
)

const secret = "k7Qz-91xP"

// Whatever is called: nothing that is said holds a secret.
func TestEveryCall(t *testing.T) {
	t.Parallel()
	secrets := redact.New()
	secrets.Add(secret)
	server := redactserver.New(talkative{secret, &tfprotov6.GetProviderSchemaResponse{}}, secrets)
	calls := 0
	for name, method := range reflect.ValueOf(server).Methods() {
		calls++
		request := reflect.New(method.Type().In(1).Elem())
		results := method.Call([]reflect.Value{reflect.ValueOf(t.Context()), request})
		said := everythingIn(t, results[0].Interface()) + fmt.Sprint(results[1].Interface())
		if strings.Contains(said, secret) || !strings.Contains(said, redact.Redacted) {
			t.Errorf("%s says %s", name.Name, said)
		}
	}
	if calls < 28 {
		t.Errorf("only %d calls were tried", calls)
	}
}

// everythingIn writes out a response, with what it streams.
func everythingIn(t *testing.T, response any) string {
	t.Helper()
	switch stream := response.(type) {
	case *tfprotov6.ListResourceServerStream:
		return allOf(t, stream.Results)
	case *tfprotov6.InvokeActionServerStream:
		return allOf(t, stream.Events)
	}
	return written(t, response)
}

func allOf[E any](t *testing.T, stream iter.Seq[E]) string {
	t.Helper()
	text := ""
	for one := range stream {
		text += written(t, one)
	}
	return text
}

func written(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What has no secret in it is passed on as it is.
func TestOtherTextsStay(t *testing.T) {
	t.Parallel()
	secrets := redact.New()
	secrets.Add(secret)
	server := redactserver.New(talkative{"nothing", &tfprotov6.GetProviderSchemaResponse{}}, secrets)
	response, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{})
	if err != failure("nothing") {
		t.Errorf("the error is %#v", err)
	}
	if got := response.Diagnostics[0]; got.Summary != "summary nothing" || got.Detail != "detail nothing" {
		t.Errorf("the diagnostic is %+v", got)
	}
}

// thing has a secret of every shape.
func thing() *tfprotov6.Schema {
	text := func(name string, secret bool) *tfprotov6.SchemaAttribute {
		return &tfprotov6.SchemaAttribute{Name: name, Type: tftypes.String, Sensitive: secret}
	}
	nested := func(name string, nesting tfprotov6.SchemaObjectNestingMode) *tfprotov6.SchemaAttribute {
		return &tfprotov6.SchemaAttribute{Name: name, NestedType: &tfprotov6.SchemaObject{
			Nesting: nesting, Attributes: []*tfprotov6.SchemaAttribute{text("open", false), text("token", true)},
		}}
	}
	block := &tfprotov6.SchemaBlock{Attributes: []*tfprotov6.SchemaAttribute{text("token", true)}}
	return &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{
		Attributes: []*tfprotov6.SchemaAttribute{
			text("id", false), text("open", false), text("token", true),
			{Name: "write_only", Type: tftypes.String, WriteOnly: true},
			{Name: "number", Type: tftypes.Number},
			{Name: "table", Type: tftypes.Map{ElementType: tftypes.Map{ElementType: tftypes.String}}, Sensitive: true},
			{Name: "list", Type: tftypes.List{ElementType: tftypes.String}, Sensitive: true},
			{Name: "rows", Type: tftypes.Map{ElementType: tftypes.Object{AttributeTypes: map[string]tftypes.Type{"open": tftypes.String}}}},
			nested("single", tfprotov6.SchemaObjectNestingModeSingle),
			nested("many", tfprotov6.SchemaObjectNestingModeList),
			nested("by_name", tfprotov6.SchemaObjectNestingModeMap),
		},
		BlockTypes: []*tfprotov6.SchemaNestedBlock{
			{TypeName: "one", Block: block, Nesting: tfprotov6.SchemaNestedBlockNestingModeSingle},
			{TypeName: "several", Block: block, Nesting: tfprotov6.SchemaNestedBlockNestingModeList},
		},
	}}
}

// value is what a thing holds; each secret is made of the name of its place.
const value = `{
	"id": "thing-0001-a", "open": "open-0001-a", "token": "secret-01-aaaa", "write_only": "secret-02-bbbb", "number": 3,
	"table": {"row-0001-a": {"key-0001-a": "secret-03-cccc"}}, "list": ["secret-04-dddd"], "rows": {"row-0002-a": {"open": "open-0002-a"}},
	"single": {"open": "open-0003-a", "token": "secret-05-eeee"}, "many": [{"open": null, "token": "secret-06-ffff"}],
	"by_name": {"name-0001-a": {"open": null, "token": "secret-07-gggg"}},
	"one": {"token": "secret-08-hhhh"}, "several": [{"token": "secret-09-iiii"}]
}`

func offering() *tfprotov6.GetProviderSchemaResponse {
	all := map[string]*tfprotov6.Schema{"thing": thing()}
	return &tfprotov6.GetProviderSchemaResponse{
		Provider: thing(), ResourceSchemas: all, DataSourceSchemas: all, EphemeralResourceSchemas: all, ListResourceSchemas: all,
		ActionSchemas: map[string]*tfprotov6.ActionSchema{"thing": {Schema: thing()}},
	}
}

// Secrets are met in whatever comes in, in both notations of the protocol, and nothing else counts
// as one.
func TestSecretsAreMet(t *testing.T) {
	t.Parallel()
	decoded, err := tfprotov6.DynamicValue{JSON: []byte(value)}.Unmarshal(thing().ValueType())
	if err != nil {
		t.Fatal(err)
	}
	packed, err := tfprotov6.NewDynamicValue(thing().ValueType(), decoded)
	if err != nil {
		t.Fatal(err)
	}
	for name, dynamic := range map[string]*tfprotov6.DynamicValue{"msgpack": &packed, "JSON": {JSON: []byte(value)}} {
		for call, meet := range map[string]func(redactserver.Server) error{
			"read": func(s redactserver.Server) error {
				_, err := s.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "thing", CurrentState: dynamic})
				return err
			},
			"apply": func(s redactserver.Server) error {
				_, err := s.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: "thing", Config: dynamic})
				return err
			},
			"configure": func(s redactserver.Server) error {
				_, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: dynamic})
				return err
			},
			"invoke": func(s redactserver.Server) error {
				_, err := s.InvokeAction(t.Context(), &tfprotov6.InvokeActionRequest{ActionType: "thing", Config: dynamic})
				return err
			},
			"upgrade": func(s redactserver.Server) error {
				_, err := s.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{TypeName: "thing", RawState: &tfprotov6.RawState{JSON: []byte(value)}})
				return err
			},
		} {
			t.Run(name+"/"+call, func(t *testing.T) {
				t.Parallel()
				secrets := redact.New()
				if err := meet(redactserver.New(talkative{"nothing", offering()}, secrets)); err != failure("nothing") {
					t.Fatal(err)
				}
				for _, known := range []string{"01-aaaa", "02-bbbb", "03-cccc", "04-dddd", "05-eeee", "06-ffff", "07-gggg", "08-hhhh", "09-iiii"} {
					if text := "secret-" + known; secrets.Redact(text) != redact.Redacted {
						t.Errorf("%s is not known", text)
					}
				}
				for _, open := range []string{"thing-0001-a", "open-0001-a", "open-0002-a", "open-0003-a", "row-0001-a", "key-0001-a", "row-0002-a", "name-0001-a"} {
					if secrets.Redact(open) != open {
						t.Errorf("%s is taken for a secret", open)
					}
				}
			})
		}
	}
}

// Names that a request holds are no secret; those that only an answer holds may be made of one.
func TestNames(t *testing.T) {
	t.Parallel()
	const naming = `{"id": "thing-0001-a", "rows": {"row-0002-a": {}}, "token": "x-thing-0001-a-row-0002-a", "by_name": {"name-0001-a": {"token": "name-0001-a"}}}`
	secrets := redact.New()
	server := redactserver.New(answering{talkative{"nothing", offering()}, &tfprotov6.DynamicValue{JSON: []byte(naming)}}, secrets)
	if _, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "thing"}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"thing-0001-a", "row-0002-a", "name-0001-a"} {
		if secrets.Redact(name) == name {
			t.Errorf("%s, of an answer, counts as a name", name)
		}
	}
	if _, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "thing", CurrentState: &tfprotov6.DynamicValue{JSON: []byte(naming)}}); err == nil {
		t.Fatal("no error")
	}
	for _, name := range []string{"thing-0001-a", "row-0002-a", "name-0001-a"} {
		if secrets.Redact(name) != name {
			t.Errorf("%s, of a request, does not count as a name", name)
		}
	}
}

// answering is a server whose data source holds a value.
type answering struct {
	talkative
	state *tfprotov6.DynamicValue
}

// ReadDataSource implements tfprotov6.DataSourceServer.
func (a answering) ReadDataSource(context.Context, *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return &tfprotov6.ReadDataSourceResponse{State: a.state}, nil
}

// A value that nobody can read is left to the provider.
func TestUnreadableValues(t *testing.T) {
	t.Parallel()
	server := redactserver.New(talkative{"nothing", offering()}, redact.New())
	for _, dynamic := range []*tfprotov6.DynamicValue{nil, {}, {MsgPack: []byte{0xdf, 0xff}}, {MsgPack: []byte{0x81, 0xa5}}, {JSON: []byte("{")}, {JSON: []byte("[[")}} {
		if _, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "thing", CurrentState: dynamic}); err != failure("nothing") {
			t.Errorf("%v: %v", dynamic, err)
		}
	}
}
