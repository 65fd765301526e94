// SPDX-License-Identifier: MPL-2.0

package question

import (
	"fmt"
	"go/format"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Switch is one of the mock's.
type Switch struct {
	// Name is its place in mockapi.Behaviour, such as UDF.Merge.
	Name string
	// Value is in Go.
	Value string
}

// names are the names in Go of the values of a switch that is an enumeration, in their order.
func names(of reflect.Type) []string {
	return map[reflect.Type][]string{
		reflect.TypeFor[mockapi.UDFNull]():              {"UDFNullStored", "UDFNullRemoves", "UDFNullIgnored"},
		reflect.TypeFor[mockapi.UDFValues]():            {"UDFValuesAny", "UDFValuesStringified", "UDFValuesStringsOnly"},
		reflect.TypeFor[mockapi.EmptyName]():            {"EmptyNameStored", "EmptyNameIgnored", "EmptyNameRejected"},
		reflect.TypeFor[mockapi.UnsetName]():            {"UnsetNameAbsent", "UnsetNameNull", "UnsetNameEmpty"},
		reflect.TypeFor[mockapi.NoIntegrations]():       {"NoIntegrationsArray", "NoIntegrationsNull", "NoIntegrationsAbsent"},
		reflect.TypeFor[mockapi.Scope]():                {"ScopeEchoed", "ScopeStored", "ScopeIgnored"},
		reflect.TypeFor[mockapi.CredentialDuplicates](): {"DuplicatesFolded", "DuplicatesStored", "DuplicatesAllowed"},
		reflect.TypeFor[mockapi.SessionRefresh]():       {"RefreshKeepsOld", "RefreshRevokesOld", "RefreshIgnored"},
		reflect.TypeFor[mockapi.UnsetValue]():           {"UnsetValueNotFound", "UnsetValueNull", "UnsetValueAbsent"},
		reflect.TypeFor[mockapi.EncryptedRead]():        {"EncryptedReadRedacted", "EncryptedReadNull", "EncryptedReadCiphertext"},
		reflect.TypeFor[mockapi.DeletionAccount]():      {"DeletionAccountChecked", "DeletionAccountIgnored", "DeletionAccountDemanded"},
		reflect.TypeFor[mockapi.UnknownFilter]():        {"UnknownFilterNothing", "UnknownFilterIgnored", "UnknownFilterRefused"},
	}[of]
}

// inGo writes the value of a switch.
func inGo(value reflect.Value) string {
	if known := names(value.Type()); known != nil {
		return "mockapi." + known[value.Int()]
	}
	return fmt.Sprint(value)
}

// switchesOf are those of a Behaviour that pointers lead to.
func switchesOf(found *mockapi.Behaviour, seen []any) []Switch {
	var switches []Switch
	walk(reflect.ValueOf(found).Elem(), "", func(name string, value reflect.Value) {
		if slices.Contains(seen, value.Addr().Interface()) {
			switches = append(switches, Switch{name, inGo(value)})
		}
	})
	return switches
}

// walk visits all switches of a Behaviour with their names.
func walk(behaviour reflect.Value, prefix string, visit func(name string, value reflect.Value)) {
	for field, value := range behaviour.Fields() {
		if value.Kind() == reflect.Struct {
			walk(value, field.Name+".", visit)
			continue
		}
		visit(prefix+field.Name, value)
	}
}

// literal is a Behaviour in Go, with what differs from the zero value.
func literal(behaviour mockapi.Behaviour) (string, error) {
	var text strings.Builder
	writeStruct(&text, reflect.ValueOf(behaviour))
	formatted, err := format.Source([]byte(text.String()))
	if err != nil {
		return "", fmt.Errorf("format the switches: %w", err)
	}
	return string(formatted), nil
}

func writeStruct(text *strings.Builder, value reflect.Value) {
	fmt.Fprintf(text, "%s{\n", value.Type())
	for field, inner := range value.Fields() {
		if inner.IsZero() {
			continue
		}
		fmt.Fprintf(text, "%s: ", field.Name)
		if inner.Kind() == reflect.Struct {
			writeStruct(text, inner)
		} else {
			text.WriteString(inGo(inner))
		}
		text.WriteString(",\n")
	}
	text.WriteString("}")
}

// Print writes a report for somebody who is to set the switches.
func (r Report) Print(out io.Writer) error {
	for _, answer := range r.Answers {
		fmt.Fprintf(out, "FACTS.md %s\n", answer.Number)
		for _, one := range answer.Switches {
			fmt.Fprintf(out, "  %s: %s\n", one.Name, one.Value)
		}
		for _, open := range answer.Open {
			fmt.Fprintf(out, "  open: %s\n", open)
		}
	}
	written, err := literal(r.Behaviour)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "\nA mock that answers as this server does, where that was decided:\n\n%s\n", written)
	return err
}
