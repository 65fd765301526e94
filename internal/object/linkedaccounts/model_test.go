// SPDX-License-Identifier: MPL-2.0

package linkedaccounts

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// bare is an account of which nothing is managed.
func bare() account {
	return account{name: types.StringNull(), udf: types.MapNull(types.StringType)}
}

// named is an account of which only the name is managed.
func named(name string) account {
	return account{name: types.StringValue(name), udf: types.MapNull(types.StringType)}
}

// withPlan is an account with a name and one field.
func withPlan(name, plan string) account {
	return account{name: types.StringValue(name), udf: fieldsValue(map[string]string{"plan": plan})}
}

type secrets = map[string]map[string]string

// credentialsOf is null for nil.
func credentialsOf(byAccount secrets) types.Map {
	if byAccount == nil {
		return types.MapNull(credentialsType())
	}
	elements := map[string]attr.Value{}
	for id, ofAccount := range byAccount {
		elements[id] = fieldsValue(ofAccount)
	}
	return types.MapValueMust(credentialsType(), elements)
}

// plainForm are credentials that the state holds.
func plainForm(byAccount secrets) credentials.Forms {
	return credentials.Forms{AuthCredentials: credentialsOf(byAccount), AuthCredentialsWO: credentialsOf(nil)}
}

// writeOnlyForm are credentials of a configuration, or with nil those of a state.
func writeOnlyForm(version int, byAccount secrets) credentials.Forms {
	return credentials.Forms{AuthCredentials: credentialsOf(nil), AuthCredentialsWO: credentialsOf(byAccount), AuthCredentialsWOVersion: types.StringValue(strconv.Itoa(version))}
}

func TestReadAccounts(t *testing.T) {
	want := map[string]account{"a": bare(), "b": named("B"), "c": withPlan("C", "pro")}
	if got := readAccounts(accountsValue(want)); !reflect.DeepEqual(got, want) {
		t.Errorf("accounts %v", got)
	}
	if readAccounts(types.MapNull(accountType())) != nil || readAccounts(types.MapUnknown(accountType())) != nil {
		t.Error("accounts came of nothing")
	}
	for name, element := range map[string]attr.Value{"null": types.ObjectNull(accountType().AttrTypes), "not known": types.ObjectUnknown(accountType().AttrTypes), "nothing": nil} {
		if got := readAccount(element); !reflect.DeepEqual(got, bare()) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestFields(t *testing.T) {
	if bare().fields() != nil || (account{udf: types.MapUnknown(types.StringType)}).fields() != nil || bare().udfToSend() != nil {
		t.Error("fields that are not managed")
	}
	// A null element counts as absent, and no element at all as no fields.
	some := account{udf: types.MapValueMust(types.StringType, map[string]attr.Value{"plan": types.StringValue("pro"), "seats": types.StringNull()})}
	if got := some.fields(); !maps.Equal(got, map[string]string{"plan": "pro"}) {
		t.Errorf("fields %v", got)
	}
	if got := some.udfToSend(); !reflect.DeepEqual(got, &refold.UDF{"plan": "pro"}) {
		t.Errorf("udf to send %v", got)
	}
	if got := (account{udf: fieldsValue(map[string]string{})}).udfToSend(); !reflect.DeepEqual(got, &refold.UDF{}) {
		t.Errorf("udf to send to remove all: %v", got)
	}
}

func TestDiffers(t *testing.T) {
	none := account{name: types.StringNull(), udf: fieldsValue(map[string]string{})}
	absent := account{name: types.StringNull(), udf: types.MapValueMust(types.StringType, map[string]attr.Value{"plan": types.StringNull()})}
	for name, test := range map[string]struct {
		configured, state account
		want              bool
	}{
		"nothing managed":              {bare(), withPlan("A", "pro"), false},
		"the same":                     {withPlan("A", "pro"), withPlan("A", "pro"), false},
		"another name":                 {withPlan("B", "pro"), withPlan("A", "pro"), true},
		"other fields":                 {withPlan("A", "free"), withPlan("A", "pro"), true},
		"the first name":               {named("A"), bare(), true},
		"the first fields":             {account{name: types.StringNull(), udf: fieldsValue(map[string]string{"plan": "pro"})}, bare(), true},
		"fields managed from now on":   {none, bare(), true},
		"no fields":                    {none, none, false},
		"a null element is no field":   {absent, none, false},
		"only the name is managed":     {named("A"), withPlan("A", "pro"), false},
		"only the name, and another":   {named("B"), withPlan("A", "pro"), true},
		"all fields are to be removed": {none, account{name: types.StringNull(), udf: fieldsValue(map[string]string{"plan": "pro"})}, true},
	} {
		if got := test.configured.differs(test.state); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestAccountWithoutIgnored(t *testing.T) {
	state := withPlan("old", "old")
	for name, test := range map[string]struct {
		planned, written account
		endsSharing      bool
		want             account
	}{
		"both change":              {withPlan("new", "new"), withPlan("new", "new"), false, withPlan("new", "new")},
		"nothing changes":          {state, state, false, state},
		"both are ignored":         {state, withPlan("new", "new"), false, bare()},
		"the name is ignored":      {withPlan("old", "new"), withPlan("new", "new"), false, account{name: types.StringNull(), udf: fieldsValue(map[string]string{"plan": "new"})}},
		"udf is ignored":           {withPlan("new", "old"), withPlan("new", "new"), false, named("new")},
		"udf becomes a whole set":  {withPlan("new", "old"), withPlan("new", "new"), true, withPlan("new", "old")},
		"and the name is ignored":  {state, withPlan("new", "new"), true, account{name: types.StringNull(), udf: fieldsValue(map[string]string{"plan": "old"})}},
		"udf was not managed, too": {named("old"), withPlan("old", "new"), true, named("old")},
	} {
		if got := test.planned.withoutIgnored(test.written, state, test.endsSharing); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestRefreshed(t *testing.T) {
	found := &refold.LinkedAccount{AccountID: "a", Name: "A", UDF: refold.UDF{"plan": "pro"}}
	withNull := account{name: types.StringNull(), udf: types.MapValueMust(types.StringType, map[string]attr.Value{"plan": types.StringValue("pro"), "seats": types.StringNull()})}
	for name, test := range map[string]struct {
		state account
		found *refold.LinkedAccount
		want  account
	}{
		"nothing managed":          {bare(), found, bare()},
		"changed elsewhere":        {withPlan("B", "free"), found, withPlan("A", "pro")},
		"only the name is managed": {named("B"), found, named("A")},
		"a null element stays":     {withNull, found, withNull},
		"the name was removed":     {named("A"), &refold.LinkedAccount{AccountID: "a"}, bare()},
		"the fields were removed":  {withPlan("A", "pro"), &refold.LinkedAccount{AccountID: "a", Name: "A"}, account{name: types.StringValue("A"), udf: fieldsValue(map[string]string{})}},
	} {
		if got, err := test.state.refreshed(test.found, nil); err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// What Terraform cannot hold is null, where it is managed, and no error where it is not.
func TestRefreshedWithFieldsThatCannotBeHeld(t *testing.T) {
	for name, found := range map[string]*refold.LinkedAccount{
		"twins":      {AccountID: "a", Name: "A", UDF: refold.UDF{"caf\u00e9": "x", "cafe\u0301": "y"}},
		"unreadable": {AccountID: "a", Name: "A", UDFError: errors.New("udf is no map")},
	} {
		if got, err := withPlan("B", "free").refreshed(found, nil); err == nil || !reflect.DeepEqual(got, named("A")) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if got, err := named("B").refreshed(found, nil); err != nil || !reflect.DeepEqual(got, named("A")) {
			t.Errorf("%s, not managed: %+v, %v", name, got, err)
		}
		if got, err := whole(found); err == nil || !reflect.DeepEqual(got, named("A")) {
			t.Errorf("%s, whole: %+v, %v", name, got, err)
		}
	}
}

func TestWithout(t *testing.T) {
	some := map[string]int{"c": 0, "a": 0, "b": 0}
	if got := without(some, map[string]bool{"b": true, "x": true}); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("without %q", got)
	}
}

func TestLearnScope(t *testing.T) {
	scope := refold.Scope{OrganizationID: "1", Environment: "test"}
	for name, test := range map[string]struct {
		organization, environment types.String
		want                      refold.Scope
	}{
		"nothing known":         {types.StringUnknown(), types.StringUnknown(), scope},
		"nothing kept":          {types.StringNull(), types.StringNull(), scope},
		"both known":            {types.StringValue("2"), types.StringValue("production"), refold.Scope{OrganizationID: "2", Environment: "production"}},
		"only the organization": {types.StringValue("2"), types.StringUnknown(), refold.Scope{OrganizationID: "2", Environment: "test"}},
		"only the environment":  {types.StringNull(), types.StringValue("production"), refold.Scope{OrganizationID: "1", Environment: "production"}},
	} {
		state := model{OrganizationID: test.organization, Environment: test.environment}
		if state.learnScope(scope); state.scope() != test.want {
			t.Errorf("%s: %+v", name, state.scope())
		}
	}
	open := model{OrganizationID: types.StringUnknown(), Environment: types.StringUnknown()}
	if open.learnScope(refold.Scope{}); !open.OrganizationID.IsNull() || !open.Environment.IsNull() {
		t.Errorf("of no answer: %+v", open)
	}
}

func TestWithoutIgnored(t *testing.T) {
	state := model{Accounts: accountsValue(map[string]account{"a": withPlan("old", "old"), "b": named("B")})}
	written := model{Accounts: accountsValue(map[string]account{"a": withPlan("new", "new"), "c": named("C")})}
	planned := model{Accounts: accountsValue(map[string]account{"a": withPlan("old", "new"), "c": named("C")})}
	want := map[string]account{"a": {name: types.StringNull(), udf: fieldsValue(map[string]string{"plan": "new"})}, "c": named("C")}
	if got := readAccounts(planned.withoutIgnored(written, state).Accounts); !reflect.DeepEqual(got, want) {
		t.Errorf("accounts %v", got)
	}
	if got := written.withoutIgnored(written, state); !got.Accounts.Equal(written.Accounts) {
		t.Errorf("accounts where nothing is ignored: %s", got.Accounts)
	}
}

func TestWithWriteOnly(t *testing.T) {
	secret := secrets{"a": {"token": "1"}}
	plan := model{Forms: writeOnlyForm(1, nil), AppID: types.StringValue("planned")}
	merged := plan.withWriteOnly(model{Forms: writeOnlyForm(1, secret), AppID: types.StringValue("written")})
	if !merged.AuthCredentialsWO.Equal(credentialsOf(secret)) || merged.AppID.ValueString() != "planned" {
		t.Errorf("merged %+v", merged)
	}
}

func TestCredentialsVersion(t *testing.T) {
	secret, both := secrets{"a": {"token": "1"}}, plainForm(secrets{})
	both.AuthCredentialsWOVersion = types.StringValue("3")
	hidden := writeOnlyForm(3, secret)
	hidden.AuthCredentials = credentialsOf(secret)
	for name, test := range map[string]struct {
		forms credentials.Forms
		want  *credentials.Version
	}{
		"none":                             {plainForm(nil), nil},
		"plain":                            {plainForm(secret), nil},
		"write-only":                       {writeOnlyForm(3, secret), new(credentials.Version("3"))},
		"the version alone, as in a state": {writeOnlyForm(3, nil), new(credentials.Version("3"))},
		"plain beside a version":           {both, nil},
		"both forms":                       {hidden, new(credentials.Version("3"))},
	} {
		if got := (model{Forms: test.forms}).credentialsVersion(); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestReadCredentials(t *testing.T) {
	attribute := types.MapValueMust(credentialsType(), map[string]attr.Value{
		"a": fieldsValue(map[string]string{"token": "1"}), "b": fieldsValue(map[string]string{}), "c": fieldsValue(nil), "d": types.MapUnknown(types.StringType),
	})
	if got := readCredentials(attribute); !reflect.DeepEqual(got, secrets{"a": {"token": "1"}, "b": {}}) {
		t.Errorf("credentials %v", got)
	}
}

func TestDesired(t *testing.T) {
	configured := model{
		Accounts: accountsValue(map[string]account{"a": withPlan("A", "pro"), "b": bare()}), AppID: types.StringValue("app_1"),
		Forms: plainForm(secrets{"a": {"token": "1"}}),
	}
	want := map[string]reconcile.Desired{
		"a": {AccountID: "a", Name: new("A"), UDF: &refold.UDF{"plan": "pro"}, AppID: "app_1", Credentials: map[string]string{"token": "1"}},
		"b": {AccountID: "b", AppID: "app_1"},
	}
	if got := configured.desired(t.Context(), configured, model{}); !reflect.DeepEqual(got, want) {
		t.Errorf("desired %+v", got)
	}
}

func TestDropCredentials(t *testing.T) {
	state := model{Forms: plainForm(secrets{"a": {"token": "1"}, "b": {"token": "2"}})}
	if state.dropCredentials([]string{"b", "c"}); !state.AuthCredentials.Equal(credentialsOf(secrets{"a": {"token": "1"}})) {
		t.Errorf("left %s", state.AuthCredentials)
	}
	none := model{Forms: plainForm(nil)}
	if none.dropCredentials([]string{"a"}); !none.AuthCredentials.IsNull() {
		t.Errorf("of none: %s", none.AuthCredentials)
	}
}
