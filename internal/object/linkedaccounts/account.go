// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/attribute"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// account is one element of the attribute accounts. Parts that are null are not managed.
type account struct {
	name types.String
	udf  types.Map
}

// accountType is the type of one account in a map by linked_account_id.
func accountType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{
		"name": types.StringType,
		"udf":  types.MapType{ElemType: types.StringType},
	}}
}

// readAccounts takes the attribute apart. It is nil for one that is null or not known.
func readAccounts(attribute types.Map) map[string]account {
	if attribute.IsNull() || attribute.IsUnknown() {
		return nil
	}
	elements := attribute.Elements()
	accounts := make(map[string]account, len(elements))
	for id, element := range elements {
		accounts[id] = readAccount(element)
	}
	return accounts
}

// readAccount is an account of which nothing is managed where the element is null or not known.
func readAccount(element attr.Value) account {
	object, ok := element.(types.Object)
	if !ok || object.IsNull() || object.IsUnknown() {
		return account{name: types.StringNull(), udf: types.MapNull(types.StringType)}
	}
	attributes := object.Attributes()
	return account{name: attributes["name"].(types.String), udf: attributes["udf"].(types.Map)}
}

func accountsValue(accounts map[string]account) types.Map {
	elementType := accountType()
	elements := make(map[string]attr.Value, len(accounts))
	for id, account := range accounts {
		elements[id] = types.ObjectValueMust(elementType.AttrTypes, map[string]attr.Value{"name": account.name, "udf": account.udf})
	}
	return types.MapValueMust(elementType, elements)
}

// fields are the user-defined fields; an element that is null counts as absent. It is nil where
// they are not managed.
func (a account) fields() map[string]string {
	if a.udf.IsNull() || a.udf.IsUnknown() {
		return nil
	}
	fields := map[string]string{}
	for key, value := range a.udf.Elements() {
		if text, ok := value.(types.String); ok && !text.IsNull() {
			fields[key] = text.ValueString()
		}
	}
	return fields
}

// keys are those of the fields, also where their values are not known.
func (a account) keys() udf.Keys {
	keys := udf.Keys{}
	for key, value := range a.udf.Elements() {
		if !value.IsNull() {
			keys[key] = true
		}
	}
	return keys
}

func (a account) hasOtherName(state account) bool {
	return !a.name.IsNull() && !a.name.Equal(state.name)
}

// differs reports whether what is managed is not what the state holds.
func (a account) differs(state account) bool {
	if a.hasOtherName(state) {
		return true
	}
	return !a.udf.IsNull() && (state.udf.IsNull() || !maps.Equal(a.fields(), state.fields()))
}

// managesLessThan reports whether something that a state holds is managed no more. Of fields, an
// empty set is nothing.
func (a account) managesLessThan(state account) bool {
	return a.name.IsNull() && !state.name.IsNull() || a.udf.IsNull() && len(state.fields()) > 0
}

// withoutIgnored leaves out what is as in the state although the configuration says otherwise, but
// no fields that are no longer shared: the plan has announced that they become the whole set.
func (a account) withoutIgnored(configured, state account, endsSharing bool) account {
	if a.name.Equal(state.name) && !a.name.Equal(configured.name) {
		a.name = types.StringNull()
	}
	if !endsSharing && a.udf.Equal(state.udf) && !a.udf.Equal(configured.udf) {
		a.udf = types.MapNull(types.StringType)
	}
	return a
}

// udfToSend is nil where the fields are not managed.
func (a account) udfToSend() *refold.UDF {
	if a.fields() == nil {
		return nil
	}
	sent := a.sendable()
	return &sent
}

// sendable are the fields as Refold takes them, none where they are not managed.
func (a account) sendable() refold.UDF {
	fields := refold.UDF{}
	for key, value := range a.fields() {
		fields[key] = value
	}
	return fields
}

// refreshed is the account of a state after a look at Refold: what is managed, as it is there. Of
// fields that are shared, these are the ones of the managed keys, which are nil else. The error is
// as of textsOf.
func (a account) refreshed(found *refold.LinkedAccount, managed udf.Keys) (account, error) {
	now := account{name: a.name, udf: a.udf}
	if !a.name.IsNull() {
		now.name = attribute.TextOrNull(found.Name)
	}
	if a.udf.IsNull() && len(managed) == 0 {
		return now, nil
	}
	if managed != nil {
		part := *found
		part.UDF = managed.Of(found.UDF)
		found = &part
	}
	fields, err := textsOf(found)
	if err != nil || !maps.Equal(a.fields(), fields) {
		now.udf = fieldsValue(fields)
	}
	return now, err
}

// whole is all of an account. The error is as of textsOf.
func whole(found *refold.LinkedAccount) (account, error) {
	fields, err := textsOf(found)
	return account{name: attribute.TextOrNull(found.Name), udf: fieldsValue(fields)}, err
}

// textsOf are the user-defined fields. They are nil, with an error that says why, where Terraform
// cannot hold them; no other account is to suffer from that.
func textsOf(account *refold.LinkedAccount) (map[string]string, error) {
	if account.UDFError != nil {
		return nil, account.UDFError
	}
	return udf.Texts(account.UDF)
}

// fieldsValue is null for nil.
func fieldsValue(fields map[string]string) types.Map {
	if fields == nil {
		return types.MapNull(types.StringType)
	}
	elements := make(map[string]attr.Value, len(fields))
	for key, text := range fields {
		elements[key] = types.StringValue(text)
	}
	return types.MapValueMust(types.StringType, elements)
}

func sortedIDs[V any](byID map[string]V) []string { return slices.Sorted(maps.Keys(byID)) }

// without are the ids in order that other has not.
func without[V, W any](byID map[string]V, other map[string]W) []string {
	var missing []string
	for _, id := range sortedIDs(byID) {
		if _, ok := other[id]; !ok {
			missing = append(missing, id)
		}
	}
	return missing
}
