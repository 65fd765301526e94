// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/number"
)

// The framework takes a number that its own types cannot hold for a mistake of the provider. So all
// numbers that can be configured have types of this provider's, and a version of write-only values
// is a text, which may be a number or a hash.
func TestNumbersAreCheckedHere(t *testing.T) {
	for name, schema := range schemasOfAll(t) {
		for _, problem := range numberProblems(schema) {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

func TestOtherNumbersAreFound(t *testing.T) {
	problems := numberProblems(resourceschema.Schema{Attributes: map[string]resourceschema.Attribute{
		"whole":     resourceschema.Int64Attribute{Optional: true},
		"unchecked": resourceschema.Int64Attribute{Optional: true, CustomType: number.WholeType{}},
		"shown":     resourceschema.Int64Attribute{Computed: true},
		"lists":     resourceschema.ListAttribute{Optional: true, ElementType: types.NumberType},
		"within": resourceschema.SingleNestedAttribute{Optional: true, Attributes: map[string]resourceschema.Attribute{
			"key_wo_version": resourceschema.Int64Attribute{Optional: true, CustomType: number.WholeType{}},
		}},
	}})
	said := strings.Join(problems, "\n")
	for _, want := range []string{"whole is a", "unchecked lacks", "lists is a", "within.key_wo_version is no text"} {
		if !strings.Contains(said, want) {
			t.Errorf("no problem begins with %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "shown") {
		t.Errorf("what is only shown is a problem:\n%s", said)
	}
}

func numberProblems(schema any) []string {
	var problems []string
	_, isResource := schema.(resourceschema.Schema)
	for at, attribute := range attributesOf("", schema) {
		typed, ok := attribute.(interface{ GetType() attr.Type })
		if !ok || !isConfigured(attribute) {
			continue
		}
		attributeType := typed.GetType()
		if strings.HasSuffix(at, "_wo_version") && !attributeType.TerraformType(context.Background()).Is(tftypes.String) {
			problems = append(problems, at+" is no text, and a version may be a hash")
		}
		if holdsOtherNumbers(attributeType) {
			problems = append(problems, fmt.Sprintf("%s is a %s, which refuses some numbers as a mistake of the provider: use number.WholeType or number.RealType", at, attributeType))
		}
		if isResource && attributeType.Equal(number.WholeType{}) && !refusesOthers(attribute) {
			problems = append(problems, at+" lacks number.RefuseOthers among its plan modifiers, for a number that is only known in the plan")
		}
	}
	return problems
}

func isConfigured(attribute any) bool {
	return answer(attribute, "IsRequired").Bool() || answer(attribute, "IsOptional").Bool()
}

// holdsOtherNumbers reports whether a type is, or consists of, a type of numbers that is not this
// provider's. An object that is nested has its attributes looked at one by one.
func holdsOtherNumbers(attributeType attr.Type) bool {
	if attributeType.TerraformType(context.Background()).Is(tftypes.Number) {
		return !attributeType.Equal(number.WholeType{}) && !attributeType.Equal(number.RealType{})
	}
	collection, ok := attributeType.(attr.TypeWithElementType)
	return ok && holdsOtherNumbers(collection.ElementType())
}

func refusesOthers(attribute any) bool {
	modifiers := answer(attribute, "Int64PlanModifiers")
	for i := 0; modifiers.IsValid() && i < modifiers.Len(); i++ {
		if modifiers.Index(i).Interface() == number.RefuseOthers() {
			return true
		}
	}
	return false
}

// A number that a plan refuses is one whose range its page has told.
func TestRangesAreDescribed(t *testing.T) {
	for name, schema := range schemasOfAll(t) {
		for _, problem := range rangeProblems(schema) {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

func TestRangesThatAreNotDescribedAreFound(t *testing.T) {
	problems := rangeProblems(resourceschema.Schema{Attributes: map[string]resourceschema.Attribute{
		"told":   resourceschema.Int64Attribute{Optional: true, MarkdownDescription: "How many. Between 1 and 9.", Validators: []validator.Int64{int64validator.Between(1, 9)}},
		"stale":  resourceschema.Int64Attribute{Optional: true, MarkdownDescription: "How many. Between 1 and 8.", Validators: []validator.Int64{int64validator.Between(1, 9)}},
		"silent": resourceschema.Int64Attribute{Optional: true, MarkdownDescription: "How many."},
		"shown":  resourceschema.Int64Attribute{Computed: true, MarkdownDescription: "How many."},
	}})
	slices.Sort(problems)
	want := []string{"silent has no validator of its range", `stale does not say "between 1 and 9"`}
	if !slices.Equal(problems, want) {
		t.Errorf("%q, not %q", problems, want)
	}
}

// rangeProblems are about numbers that can be configured: each is checked for its range, and its
// description has the words of the check.
func rangeProblems(schema any) []string {
	var problems []string
	for at, attribute := range attributesOf("", schema) {
		typed, ok := attribute.(interface{ GetType() attr.Type })
		if !ok || !isConfigured(attribute) || !typed.GetType().TerraformType(context.Background()).Is(tftypes.Number) {
			continue
		}
		ranges := rangesOf(attribute)
		if len(ranges) == 0 {
			problems = append(problems, at+" has no validator of its range")
		}
		said := strings.ToLower(answer(attribute, "GetMarkdownDescription").String())
		for _, one := range ranges {
			if !strings.Contains(said, one) {
				problems = append(problems, fmt.Sprintf("%s does not say %q", at, one))
			}
		}
	}
	return problems
}

// rangesOf are what the validators of a number say of it, such as "between 1 and 9".
func rangesOf(attribute any) []string {
	var ranges []string
	for _, kind := range []string{"Int64", "Float64"} {
		validators := answer(attribute, kind+"Validators")
		for i := 0; validators.IsValid() && i < validators.Len(); i++ {
			said := validators.Index(i).Interface().(validator.Describer).Description(context.Background())
			said = regexp.MustCompile(`(\.\d*[1-9])0+\b|\.0+\b`).ReplaceAllString(said, "$1")
			ranges = append(ranges, strings.TrimPrefix(said, "value must be "))
		}
	}
	return ranges
}
