// SPDX-License-Identifier: MPL-2.0

package schema

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// frameworkPath begins the packages of the framework and of its library of validators.
const frameworkPath = "github.com/hashicorp/terraform-plugin-framework"

// described is what schemas, attributes and blocks have in common.
type described interface {
	GetDescription() string
	GetMarkdownDescription() string
	GetDeprecationMessage() string
}

// describer is what validators and plan modifiers have in common.
type describer interface {
	Description(context.Context) string
}

// schema reads the schema of an object.
func (r *reader) schema(object string, schema any) {
	r.texts(object, "", schema.(described))
	r.within(object, "", schema)
}

// texts are for people, but for a default that stands nowhere else.
func (r *reader) texts(object, part string, of described) {
	text := of.GetMarkdownDescription()
	if text == "" {
		text = of.GetDescription()
	}
	r.addText(object, part, "description", text)
	r.addText(object, part, "deprecated", of.GetDeprecationMessage())
}

// within reads the attributes and blocks of a schema, or of an object in one. Their paths begin
// with prefix.
func (r *reader) within(object, prefix string, schema any) {
	for _, kind := range []string{"GetAttributes", "GetBlocks"} {
		parts := call(schema, kind)
		if !parts.IsValid() {
			continue
		}
		for _, name := range parts.MapKeys() {
			r.part(object, prefix+name.String(), parts.MapIndex(name).Interface())
		}
	}
}

// part reads one attribute or block.
func (r *reader) part(object, part string, of any) {
	partType, isBlock := call(of, "GetType"), false
	if !partType.IsValid() {
		partType, isBlock = call(of, "Type"), true
	}
	typed := partType.Interface().(attr.Type)
	r.texts(object, part, of.(described))
	r.customType(object, part, typed)
	r.add(object, part, "usage", usageOf(of))
	r.addFlag(object, part, "sensitive", isTrue(of, "IsSensitive"))
	if isTrue(of, "IsWriteOnly") {
		r.add(object, part, "write-only", "yes")
		r.add(object, part, "needs", needsWriteOnly)
	}
	r.defaults(object, part, of)
	kinds(of, "Validators", func(_ string, found reflect.Value) { r.rules(object, part, found) })
	kinds(of, "PlanModifiers", func(_ string, found reflect.Value) { r.modifiers(object, part, found) })
	nested := call(of, "GetNestedObject")
	if !nested.IsValid() {
		r.add(object, part, "type", r.typeText(typed))
		return
	}
	r.add(object, part, "type", nestedText(typed.TerraformType(r.ctx), isBlock))
	r.within(object, part+".", nested.Interface())
}

// usageOf is "optional" for a block: how many there have to be, its validators say.
func usageOf(of any) string {
	var words []string
	for _, word := range []string{"Required", "Optional", "Computed"} {
		if isTrue(of, "Is"+word) {
			words = append(words, strings.ToLower(word))
		}
	}
	if len(words) == 0 {
		return "optional"
	}
	return strings.Join(words, "+")
}

// nestedText leaves out the attributes, which are facts of their own.
func nestedText(of tftypes.Type, isBlock bool) string {
	kind := "object"
	switch {
	case of.Is(tftypes.List{}):
		kind = "list"
	case of.Is(tftypes.Set{}):
		kind = "set"
	case of.Is(tftypes.Map{}):
		kind = "map"
	}
	if isBlock {
		return "block-" + kind
	}
	return "nested-" + kind
}

// typeText is the type as a CLI sees it, in the notation of JSON.
func (r *reader) typeText(of attr.Type) string {
	text, err := json.Marshal(of.TerraformType(r.ctx))
	if err != nil {
		r.failures.AddError("A type that cannot be written down", fmt.Sprintf("%s: %s", of, err))
	}
	return strings.Trim(string(text), `"`)
}

// customType is a rule as well: such a type may refuse values, or take two for one.
func (r *reader) customType(object, part string, of attr.Type) {
	if custom := reflect.TypeOf(of); !strings.HasPrefix(custom.PkgPath(), frameworkPath) {
		r.add(object, part, "rule", "values of "+custom.String())
	}
}

var documentedDefault = regexp.MustCompile("Defaults to (`[^`]+`)")

// defaults is that of the framework, or what the description says of one.
func (r *reader) defaults(object, part string, of any) {
	hasDefault := false
	kinds(of, "DefaultValue", func(kind string, found reflect.Value) {
		hasDefault = true
		method := found.MethodByName("Default" + kind)
		response := reflect.New(method.Type().In(2).Elem())
		method.Call([]reflect.Value{reflect.ValueOf(r.ctx), reflect.Zero(method.Type().In(1)), response})
		r.failures.Append(response.Elem().FieldByName("Diagnostics").Interface().(diag.Diagnostics)...)
		r.add(object, part, "default", fmt.Sprint(response.Elem().FieldByName("PlanValue").Interface()))
	})
	text := documentedDefault.FindStringSubmatch(of.(described).GetMarkdownDescription())
	if !hasDefault && text != nil {
		r.add(object, part, "default", text[1])
	}
}

// rules are what validators say of themselves, in their order.
func (r *reader) rules(object, part string, validators reflect.Value) {
	for i := 0; validators.IsValid() && i < validators.Len(); i++ {
		one := validators.Index(i).Interface()
		text := typeName(one)
		if says, ok := one.(describer); ok {
			text = says.Description(r.ctx)
		}
		r.add(object, part, "rule", text)
	}
}

// modifiers are the framework's, which are known, and others, which may do anything.
func (r *reader) modifiers(object, part string, found reflect.Value) {
	for i := range found.Len() {
		one := found.Index(i).Interface().(describer)
		text := one.Description(r.ctx)
		switch name := reflect.TypeOf(one); {
		case !strings.HasPrefix(name.PkgPath(), frameworkPath):
			r.add(object, part, "own-plan", typeName(one)+": "+text)
		case strings.HasPrefix(name.Name(), "requiresReplace"):
			r.add(object, part, "replaces", text)
		default:
			r.add(object, part, "plan", text)
		}
	}
}

func (r *reader) addFlag(object, part, name string, isSet bool) {
	if isSet {
		r.add(object, part, name, "yes")
	}
}

// kinds calls the methods of an attribute that are named after its kind, such as StringValidators,
// and hands on what is not nil.
func kinds(of any, suffix string, use func(kind string, found reflect.Value)) {
	for _, kind := range []string{"Bool", "Dynamic", "Float32", "Float64", "Int32", "Int64", "List", "Map", "Number", "Object", "Set", "String"} {
		found := call(of, kind+suffix)
		if found.IsValid() && !found.IsNil() {
			use(kind, reflect.ValueOf(found.Interface()))
		}
	}
}

func isTrue(of any, method string) bool {
	answer := call(of, method)
	return answer.IsValid() && answer.Bool()
}

// call is what a method returns. It is the zero value where there is no such method: schemas and
// attributes of each kind are types of their own, and have only their methods in common.
func call(of any, method string, arguments ...any) reflect.Value {
	found := reflect.ValueOf(of).MethodByName(method)
	if !found.IsValid() {
		return reflect.Value{}
	}
	in := make([]reflect.Value, 0, len(arguments))
	for _, one := range arguments {
		in = append(in, reflect.ValueOf(one))
	}
	return found.Call(in)[0]
}

func typeName(of any) string { return strings.TrimPrefix(reflect.TypeOf(of).String(), "*") }
