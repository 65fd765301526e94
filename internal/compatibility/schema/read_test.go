// SPDX-License-Identifier: MPL-2.0

package schema_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

const sampleFacts = `function/read: needs Terraform 1.8 or OpenTofu 1.7
function/read: summary Reads.
function/read parameter:1: name text
function/read parameter:1: takes-null yes
function/read parameter:1: type string
function/read parameter:1: usage required
function/read parameter:more: name more
function/read parameter:more: takes-unknown yes
function/read parameter:more: type bool
function/read parameter:more: usage optional
function/read return: type string
provider: needs Terraform 1.5 or OpenTofu 1.6
provider url: type string
provider url: usage optional
resource/sample_thing: identity-needs Terraform 1.12 or OpenTofu 1.12
resource/sample_thing: identity-upgrades 0,1
resource/sample_thing: identity-version 2
resource/sample_thing: import-id key
resource/sample_thing: imports yes
resource/sample_thing: upgrades 2
resource/sample_thing: version 3
resource/sample_thing app: type nested-object
resource/sample_thing app: usage optional
resource/sample_thing app.token: type string
resource/sample_thing app.token: usage optional
resource/sample_thing forced: default false
resource/sample_thing forced: type bool
resource/sample_thing forced: usage optional+computed
resource/sample_thing id: plan Once set, the value of this attribute in state will not change.
resource/sample_thing id: type string
resource/sample_thing id: usage computed
resource/sample_thing identity:key: type string
resource/sample_thing identity:key: usage required
resource/sample_thing key: replaces If the value of this attribute changes, Terraform will destroy and recreate the resource.
resource/sample_thing key: type string
resource/sample_thing key: usage required
resource/sample_thing limit: default ` + "`5`" + `
resource/sample_thing limit: description How many. Defaults to ` + "`5`" + `.
resource/sample_thing limit: type number
resource/sample_thing limit: usage optional
resource/sample_thing name: own-plan schema_test.ownPlan: odd
resource/sample_thing name: rule values of schema_test.strictText
resource/sample_thing name: rule must not be empty
resource/sample_thing name: type string
resource/sample_thing name: usage optional
resource/sample_thing secret: needs Terraform 1.11 or OpenTofu 1.11
resource/sample_thing secret: sensitive yes
resource/sample_thing secret: type ["map",["object",{"a":["list","number"]}]]
resource/sample_thing secret: usage optional
resource/sample_thing secret: write-only yes
resource/sample_thing timeouts: type block-object
resource/sample_thing timeouts: usage optional
resource/sample_thing timeouts.create: type string
resource/sample_thing timeouts.create: usage optional
resource/sample_thing timeouts.rule: deprecated Use create.
resource/sample_thing timeouts.rule: type nested-list
resource/sample_thing timeouts.rule: usage optional
resource/sample_thing timeouts.rule.id: type string
resource/sample_thing timeouts.rule.id: usage required
`

// What a provider says of each kind of object, attribute and block, is written down.
func TestRead(t *testing.T) {
	provider := newSample()
	provider.version, provider.upgrades, provider.identityVersion, provider.identityUpgrades = 3, []int64{2}, 2, []int64{1, 0}
	provider.function.VariadicParameter = function.BoolParameter{Name: "more", AllowUnknownValues: true}
	name := provider.attributes["name"].(schema.StringAttribute)
	name.CustomType, name.PlanModifiers = strictText{}, []planmodifier.String{ownPlan{"odd"}}
	provider.attributes["name"] = name
	provider.attributes["secret"] = schema.MapAttribute{
		Optional: true, Sensitive: true, WriteOnly: true,
		ElementType: types.ObjectType{AttrTypes: map[string]attr.Type{"a": types.ListType{ElemType: types.NumberType}}},
	}
	provider.blocks["timeouts"] = schema.SingleNestedBlock{Attributes: map[string]schema.Attribute{
		"create": schema.StringAttribute{Optional: true},
		"rule": schema.ListNestedAttribute{Optional: true, DeprecationMessage: "Use create.", NestedObject: schema.NestedAttributeObject{
			Attributes: map[string]schema.Attribute{"id": schema.StringAttribute{Required: true}},
		}},
	}}
	if difference := cmp.Diff(sampleFacts, provider.facts(t).String()); difference != "" {
		t.Error(difference)
	}
}
