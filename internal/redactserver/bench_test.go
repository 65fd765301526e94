// SPDX-License-Identifier: MPL-2.0

package redactserver_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/redactserver"
	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
)

// What it takes to look through 10,000 accounts, with two credentials each or with none: for a
// process that has met them, and for a new one.
func BenchmarkMeet(b *testing.B) {
	const accounts = 10_000
	for _, credentials := range []int{0, 2} {
		rows, table := map[string]tftypes.Value{}, map[string]tftypes.Value{}
		row := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"open": tftypes.String}}
		texts := tftypes.Map{ElementType: tftypes.String}
		for i := range accounts {
			id := fmt.Sprintf("customer-%05d", i)
			rows[id] = tftypes.NewValue(row, map[string]tftypes.Value{"open": tftypes.NewValue(tftypes.String, "Customer")})
			if credentials == 0 {
				continue
			}
			values := map[string]tftypes.Value{}
			for j := range credentials {
				values[fmt.Sprint("key", j)] = tftypes.NewValue(tftypes.String, fmt.Sprintf("%x-%x", uint64(i*2+j+1)*0x9e3779b97f4a7c15, uint64(i*2+j+1)*0xbf58476d1ce4e5b9))
			}
			table[id] = tftypes.NewValue(texts, values)
		}
		attributes := map[string]tftypes.Value{}
		for name, attributeType := range thing().ValueType().(tftypes.Object).AttributeTypes {
			attributes[name] = tftypes.NewValue(attributeType, nil)
		}
		attributes["rows"] = tftypes.NewValue(tftypes.Map{ElementType: row}, rows)
		attributes["table"] = tftypes.NewValue(tftypes.Map{ElementType: texts}, table)
		state, err := tfprotov6.NewDynamicValue(thing().ValueType(), tftypes.NewValue(thing().ValueType(), attributes))
		if err != nil {
			b.Fatal(err)
		}
		request := &tfprotov6.ReadResourceRequest{TypeName: "thing", CurrentState: &state}
		read := func(b *testing.B, server redactserver.Server) {
			if _, err := server.ReadResource(b.Context(), request); err != failure("nothing") {
				b.Fatal(err)
			}
		}
		b.Run(fmt.Sprintf("credentials=%d/new", credentials), func(b *testing.B) {
			for b.Loop() {
				read(b, redactserver.New(talkative{"nothing", offering()}, redact.New()))
			}
		})
		b.Run(fmt.Sprintf("credentials=%d/known", credentials), func(b *testing.B) {
			server := redactserver.New(talkative{"nothing", offering()}, redact.New())
			for b.Loop() {
				read(b, server)
			}
		})
	}
}
