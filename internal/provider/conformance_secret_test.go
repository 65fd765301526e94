// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// secretName matches what attributes are called that can carry a secret.
var secretName = regexp.MustCompile(`(^|_)(api_key|key|secret|password|passphrase|token|credentials?|url|uri|webhook|endpoint|headers?|cookies?|authorization|body|payload|certificate|values?)(_wo)?$`)

// harmless are attributes that can carry a secret by their name, and by what
// they hold do not; each with the reason.
func harmless() map[string]string {
	return map[string]string{
		"provider refold.base_url":                               "a user, a password and a query in it are refused",
		"ephemeral resource refold_connect_url.redirect_url":     "the customer's browser shows it",
		"data source refold_config.fields.value":                 "a setting as Refold's dialog shows it; credentials are no fields of a config",
		"data source refold_linked_accounts.env_variable_value":  "a filter by what Refold shows in its list",
		"list resource refold_linked_account.env_variable_value": "a filter by what Refold shows in its list",
		"resource refold_variable_value.value":                   "that of a variable that is not encrypted; those that are take value_wo alone",
	}
}

// declared is an attribute of any object, at any depth.
type declared struct {
	// path begins with the object, as harmless has it.
	path, name string
	described  bool
	// covered is true where it, or what it is nested in, is sensitive or write-only.
	covered   bool
	writeOnly bool
	versioned bool
	holdsText bool
}

// attributes are all attributes of the object, nested ones included, in order.
func (o object) attributes() []declared {
	if o.block == nil {
		return nil
	}
	return nested(o.String(), o.block.Attributes, false)
}

func nested(path string, attributes []*tfprotov6.SchemaAttribute, covered bool) []declared {
	var all []declared
	for _, attribute := range attributes {
		one := declared{
			path: path + "." + attribute.Name, name: attribute.Name,
			described: attribute.Description != "",
			covered:   covered || attribute.Sensitive || attribute.WriteOnly,
			writeOnly: attribute.WriteOnly,
			versioned: slices.ContainsFunc(attributes, func(other *tfprotov6.SchemaAttribute) bool { return other.Name == attribute.Name+"_version" }),
		}
		if attribute.NestedType != nil {
			all = append(append(all, one), nested(one.path, attribute.NestedType.Attributes, one.covered)...)
			continue
		}
		one.holdsText = holdsText(attribute.Type)
		all = append(append(all, one), within(one, attribute.Type)...)
	}
	return all
}

// within are the attributes of object types within a type. They can have no
// description, so that of the whole counts.
func within(whole declared, attributeType tftypes.Type) []declared {
	switch typed := attributeType.(type) {
	case tftypes.List:
		return within(whole, typed.ElementType)
	case tftypes.Set:
		return within(whole, typed.ElementType)
	case tftypes.Map:
		return within(whole, typed.ElementType)
	case tftypes.Object:
		var all []declared
		for _, name := range slices.Sorted(maps.Keys(typed.AttributeTypes)) {
			one := declared{
				path: whole.path + "." + name, name: name, described: whole.described,
				covered: whole.covered, holdsText: holdsText(typed.AttributeTypes[name]),
			}
			all = append(append(all, one), within(one, typed.AttributeTypes[name])...)
		}
		return all
	}
	return nil
}

// holdsText tells attributes that can hold a secret from those that cannot, such
// as the version of one.
func holdsText(attributeType tftypes.Type) bool {
	switch typed := attributeType.(type) {
	case tftypes.List:
		return holdsText(typed.ElementType)
	case tftypes.Set:
		return holdsText(typed.ElementType)
	case tftypes.Map:
		return holdsText(typed.ElementType)
	}
	return attributeType.Is(tftypes.String) || attributeType.Is(tftypes.DynamicPseudoType)
}

func attributeProblems(attributes []declared, harmless map[string]string) []string {
	var problems []string
	for _, attribute := range attributes {
		if !attribute.described {
			problems = append(problems, attribute.path+" has no description")
		}
		if _, isHarmless := harmless[attribute.path]; attribute.holdsText && !attribute.covered && !isHarmless && secretName.MatchString(attribute.name) {
			problems = append(problems, attribute.path+" can carry a secret: make it Sensitive or WriteOnly, or name it with the reason in harmless (internal/provider/conformance_secret_test.go)")
		}
		if attribute.writeOnly && (!attribute.versioned || !strings.HasSuffix(attribute.name, "_wo")) {
			problems = append(problems, attribute.path+" is write-only and needs the suffix _wo, and a _wo_version beside it")
		}
	}
	return problems
}

// staleDecisions names what is called harmless and is not there, or has no reason.
func staleDecisions(objects []object, harmless map[string]string) []string {
	known := map[string]bool{}
	for _, one := range objects {
		for _, attribute := range one.attributes() {
			known[attribute.path] = true
		}
	}
	var problems []string
	for _, path := range slices.Sorted(maps.Keys(harmless)) {
		if !known[path] || harmless[path] == "" {
			problems = append(problems, path+" is called harmless, and does not exist or has no reason")
		}
	}
	return problems
}
