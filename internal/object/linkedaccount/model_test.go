// SPDX-License-Identifier: MPL-2.0

package linkedaccount

import (
	"maps"
	"math/big"
	"reflect"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/credentials"
	"github.com/gocobalt/terraform-provider-refold/internal/reconcile"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
	"github.com/gocobalt/terraform-provider-refold/internal/udf"
)

// plan is the value `{ plan = name }` of the attribute udf.
func plan(name string) udf.Value {
	return udf.Value{DynamicValue: types.DynamicValue(types.ObjectValueMust(
		map[string]attr.Type{"plan": types.StringType}, map[string]attr.Value{"plan": types.StringValue(name)}))}
}

func unknownUDF() udf.Value { return udf.Value{DynamicValue: types.DynamicUnknown()} }

// credentialMap is null for no map at all.
func credentialMap(values map[string]string) types.Map {
	if values == nil {
		return types.MapNull(types.StringType)
	}
	elements := map[string]attr.Value{}
	for name, value := range values {
		elements[name] = types.StringValue(value)
	}
	return types.MapValueMust(types.StringType, elements)
}

// app is a your_app; its app_id is null where it is empty, and the version where it is 0.
func app(t *testing.T, appID string, plain, writeOnly map[string]string, version int) types.Object {
	t.Helper()
	value := yourApp{Forms: credentials.Forms{AuthCredentials: credentialMap(plain), AuthCredentialsWO: credentialMap(writeOnly)}}
	if appID != "" {
		value.AppID = types.StringValue(appID)
	}
	if version != 0 {
		value.AuthCredentialsWOVersion = types.StringValue(strconv.Itoa(version))
	}
	object, diagnostics := types.ObjectValueFrom(t.Context(), noYourApp().AttributeTypes(t.Context()), value)
	if diagnostics.HasError() {
		t.Fatal(diagnostics)
	}
	return object
}

func TestConfigured(t *testing.T) {
	var diagnostics diag.Diagnostics
	computed := model{Name: types.StringValue("of Refold"), UDF: plan("of Refold"), YourApp: noYourApp()}
	none := computed.configured(t.Context(), model{Name: types.StringNull(), UDF: udf.Null(), YourApp: noYourApp()}, &diagnostics)
	if !none.Name.IsNull() || none.UDF.IsSet() {
		t.Errorf("what is not configured: %+v", none)
	}
	// lifecycle's ignore_changes: the plan counts, not what is written.
	all := computed.configured(t.Context(), model{Name: types.StringValue("written"), UDF: plan("written"), YourApp: noYourApp()}, &diagnostics)
	if all.Name.ValueString() != "of Refold" || !all.UDF.Means(plan("of Refold")) {
		t.Errorf("what is configured: %+v", all)
	}
}

func TestWithWriteOnly(t *testing.T) {
	secret := map[string]string{"token": "secret"}
	for name, test := range map[string]struct{ planned, config, want types.Object }{
		"write-only":                    {app(t, "", nil, nil, 1), app(t, "", nil, secret, 1), app(t, "", nil, secret, 1)},
		"plain in the plan":             {app(t, "", secret, nil, 0), app(t, "", nil, secret, 1), app(t, "", secret, nil, 0)},
		"no your_app in the plan":       {noYourApp(), app(t, "", nil, secret, 1), noYourApp()},
		"no your_app in the config":     {app(t, "", nil, nil, 1), noYourApp(), app(t, "", nil, nil, 1)},
		"another version in the config": {app(t, "", nil, nil, 1), app(t, "", nil, secret, 2), app(t, "", nil, secret, 1)},
	} {
		var diagnostics diag.Diagnostics
		if got := withWriteOnly(t.Context(), test.planned, test.config, &diagnostics); !got.Equal(test.want) || diagnostics.HasError() {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestWithoutIgnored(t *testing.T) {
	state := model{Name: types.StringValue("old"), UDF: plan("old")}
	written := model{Name: types.StringValue("new"), UDF: plan("new")}
	for name, test := range map[string]struct {
		planned, config model
		hasName, hasUDF bool
	}{
		"both change":           {written, written, true, true},
		"nothing changes":       {state, state, true, true},
		"both are ignored":      {state, written, false, false},
		"only the name changes": {model{Name: written.Name, UDF: state.UDF}, model{Name: written.Name, UDF: state.UDF}, true, true},
		"the name is ignored":   {model{Name: state.Name, UDF: written.UDF}, written, false, true},
		"udf is ignored":        {model{Name: written.Name, UDF: state.UDF}, written, true, false},
		"udf is not configured": {model{Name: state.Name, UDF: udf.Null()}, model{Name: state.Name, UDF: udf.Null()}, true, false},
	} {
		got := test.planned.withoutIgnored(test.config, state)
		if !got.Name.IsNull() != test.hasName || got.UDF.IsSet() != test.hasUDF {
			t.Errorf("%s: name %s, udf %s", name, got.Name, got.UDF)
		}
	}
}

func TestDesired(t *testing.T) {
	var diagnostics diag.Diagnostics
	full := model{LinkedAccountID: types.StringValue("a"), Name: types.StringValue("A"), UDF: plan("pro"), YourApp: app(t, "app_1", map[string]string{"token": "1"}, nil, 0)}
	want := reconcile.Desired{AccountID: "a", Name: new("A"), UDF: &refold.UDF{"plan": "pro"}, AppID: "app_1", Credentials: map[string]string{"token": "1"}}
	if got := full.desired(t.Context(), &diagnostics); !reflect.DeepEqual(got, want) || diagnostics.HasError() {
		t.Errorf("desired %+v, %v", got, diagnostics)
	}
	bare := model{LinkedAccountID: types.StringValue("a"), Name: types.StringNull(), UDF: udf.Null(), YourApp: noYourApp()}
	if got := bare.desired(t.Context(), &diagnostics); !reflect.DeepEqual(got, reconcile.Desired{AccountID: "a"}) || diagnostics.HasError() {
		t.Errorf("desired of a bare account %+v, %v", got, diagnostics)
	}
	writeOnly := model{YourApp: app(t, "", nil, map[string]string{"token": "2"}, 1)}
	if got := writeOnly.desired(t.Context(), &diagnostics); !maps.Equal(got.Credentials, map[string]string{"token": "2"}) {
		t.Errorf("write-only credentials %v", got.Credentials)
	}
}

func TestDesiredThatCannotBeSent(t *testing.T) {
	list := udf.Value{DynamicValue: types.DynamicValue(types.ListValueMust(types.StringType, nil))}
	var diagnostics diag.Diagnostics
	model{LinkedAccountID: types.StringValue("a"), UDF: list}.desired(t.Context(), &diagnostics)
	if diagnostics.ErrorsCount() != 1 || diagnostics[0].Summary() != "User-defined fields cannot be sent" {
		t.Error(diagnostics)
	}
}

func TestFieldsDiffer(t *testing.T) {
	state := model{Name: types.StringValue("A"), UDF: plan("pro")}
	for name, test := range map[string]struct {
		configured model
		want       bool
	}{
		"nothing configured": {model{Name: types.StringNull(), UDF: udf.Null()}, false},
		"the same":           {model{Name: types.StringValue("A"), UDF: plan("pro")}, false},
		"another name":       {model{Name: types.StringValue("B"), UDF: plan("pro")}, true},
		"only another name":  {model{Name: types.StringValue("B"), UDF: udf.Null()}, true},
		"other fields":       {model{Name: types.StringValue("A"), UDF: plan("free")}, true},
		"only other fields":  {model{Name: types.StringNull(), UDF: plan("free")}, true},
	} {
		if got := test.configured.fieldsDiffer(state); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestAfterFailure(t *testing.T) {
	before, after := app(t, "", map[string]string{"token": "1"}, nil, 0), app(t, "", map[string]string{"token": "2"}, nil, 0)
	state, planned := model{Name: types.StringValue("A"), YourApp: before}, model{Name: types.StringValue("B"), YourApp: after}
	for name, test := range map[string]struct {
		failed reconcile.Outcome
		want   string
	}{"nothing was done": {reconcile.Outcome{}, "A"}, "the upsert was": {reconcile.Outcome{Upserted: true}, "B"}} {
		left := state.afterFailure(test.failed, planned)
		if left.Name.ValueString() != test.want || !left.YourApp.Equal(before) {
			t.Errorf("%s: name %s, your_app %s", name, left.Name, left.YourApp)
		}
	}
}

func TestReadYourApp(t *testing.T) {
	var diagnostics diag.Diagnostics
	if readYourApp(t.Context(), noYourApp(), &diagnostics) != nil || readYourApp(t.Context(), types.ObjectUnknown(nil), &diagnostics) != nil || diagnostics != nil {
		t.Errorf("something came of nothing: %v", diagnostics)
	}
	if read := readYourApp(t.Context(), app(t, "app_1", nil, nil, 7), &diagnostics); read.AppID.ValueString() != "app_1" || read.AuthCredentialsWOVersion.ValueString() != "7" || diagnostics != nil {
		t.Errorf("read %+v, %v", read, diagnostics)
	}
	if !readYourApp(t.Context(), app(t, "", nil, nil, 1), &diagnostics).isWriteOnly() || readYourApp(t.Context(), app(t, "", map[string]string{}, nil, 0), &diagnostics).isWriteOnly() {
		t.Error("the forms are mixed up")
	}
}

func TestPrior(t *testing.T) {
	kept := &credentials.DefaultApp{AppID: "app_1"}
	state := model{ID: types.StringValue("1"), OrganizationID: types.StringValue("2"), Environment: types.StringValue("test"), UDF: plan("pro")}
	want := reconcile.Prior{ID: "1", Scope: refold.Scope{OrganizationID: "2", Environment: "test"}, App: kept, UDF: refold.UDF{"plan": "pro"}}
	if got := state.prior(kept); !reflect.DeepEqual(got, want) {
		t.Errorf("prior %+v", got)
	}
	// As an older version of the provider may have kept it.
	state.UDF = udf.Value{DynamicValue: types.DynamicValue(types.TupleValueMust(nil, nil))}
	if got := state.prior(nil); got.UDF != nil || got.ID != "1" {
		t.Errorf("prior with fields that cannot be sent %+v", got)
	}
}

func TestRefresh(t *testing.T) {
	var diagnostics diag.Diagnostics
	before := app(t, "", map[string]string{"token": "1"}, nil, 0)
	state := model{YourApp: before, AdoptExisting: types.BoolNull(), ForceDestroy: types.BoolValue(true)}
	state.refresh(t.Context(), &refold.LinkedAccount{
		ID: "1", OrganizationID: "2", AccountID: "a", Environment: "test", Name: "A", UDF: refold.UDF{"plan": "pro"}, CreatedAt: "3", UpdatedAt: "4",
	}, &diagnostics)
	want := model{
		LinkedAccountID: types.StringValue("a"), Name: types.StringValue("A"), UDF: plan("pro"), YourApp: before,
		UDFExclusive: types.BoolValue(true), AdoptExisting: types.BoolValue(false), ForceDestroy: types.BoolValue(true),
		ID: types.StringValue("1"), OrganizationID: types.StringValue("2"), Environment: types.StringValue("test"), CreatedAt: types.StringValue("3"), UpdatedAt: types.StringValue("4"),
	}
	if !reflect.DeepEqual(state, want) || diagnostics.HasError() {
		t.Errorf("state %+v, %v", state, diagnostics)
	}
	// What the answer leaves out stays; that it has no fields, and so shows all of
	// the account, makes the difference for the name.
	state.refresh(t.Context(), &refold.LinkedAccount{AccountID: "a"}, &diagnostics)
	if !reflect.DeepEqual(state, want) {
		t.Errorf("state after an answer that shows little: %+v", state)
	}
	state.refresh(t.Context(), &refold.LinkedAccount{AccountID: "a", UDF: refold.UDF{}}, &diagnostics)
	if !state.Name.IsNull() || !state.UDF.Means(udf.Value{DynamicValue: types.DynamicValue(types.ObjectValueMust(nil, nil))}) {
		t.Errorf("state after an answer without name and fields: %+v", state)
	}
}

func TestRefreshOfUnreadableFields(t *testing.T) {
	var diagnostics diag.Diagnostics
	state := model{Name: types.StringValue("A")}
	state.refresh(t.Context(), &refold.LinkedAccount{AccountID: "a", Name: "B", UDF: refold.UDF{"odd": func() {}}}, &diagnostics)
	if diagnostics.WarningsCount() != 1 || diagnostics.HasError() || state.Name.ValueString() != "B" || !state.UDF.IsNull() {
		t.Errorf("state %+v, %v", state, diagnostics)
	}
	if prior := state.prior(nil); !prior.LacksUDF {
		t.Error("fields that the state does not hold are taken for none")
	}
}

func TestComplete(t *testing.T) {
	unknown := types.StringUnknown()
	account := &refold.LinkedAccount{ID: "1", OrganizationID: "2", AccountID: "a", Environment: "test", Name: "A", UDF: refold.UDF{"plan": "pro"}, CreatedAt: "3", UpdatedAt: "4"}
	prior := model{
		Name: types.StringValue("before"), UDF: plan("before"), ID: types.StringValue("5"), OrganizationID: types.StringValue("6"),
		Environment: types.StringValue("7"), CreatedAt: types.StringValue("8"), UpdatedAt: types.StringValue("9"),
	}
	open := model{Name: unknown, UDF: unknownUDF(), ID: unknown, OrganizationID: unknown, Environment: unknown, CreatedAt: unknown, UpdatedAt: unknown}
	planned := model{
		Name: types.StringValue("planned"), UDF: plan("planned"), ID: types.StringValue("p"), OrganizationID: types.StringValue("q"),
		Environment: types.StringValue("r"), CreatedAt: types.StringValue("s"), UpdatedAt: types.StringValue("u"),
	}
	answered := model{
		Name: types.StringValue("A"), UDF: plan("pro"), ID: types.StringValue("1"), OrganizationID: types.StringValue("2"),
		Environment: types.StringValue("test"), CreatedAt: types.StringValue("3"), UpdatedAt: types.StringValue("4"),
	}
	for name, test := range map[string]struct {
		plan, want model
		account    *refold.LinkedAccount
	}{
		"from an answer":       {open, answered, account},
		"without an answer":    {open, prior, nil},
		"nothing is left open": {planned, planned, account},
	} {
		var diagnostics diag.Diagnostics
		got := test.plan
		got.complete(t.Context(), test.account, prior, &diagnostics)
		if !reflect.DeepEqual(got, test.want) || diagnostics.HasError() {
			t.Errorf("%s: %+v, %v", name, got, diagnostics)
		}
	}
}

// A number is sent to the letter, whatever a float64 would make of it.
func TestDesiredNumber(t *testing.T) {
	exact, _, err := big.ParseFloat("9007199254740993", 10, 512, big.ToNearestEven)
	if err != nil {
		t.Fatal(err)
	}
	fields := udf.Value{DynamicValue: types.DynamicValue(types.MapValueMust(types.NumberType, map[string]attr.Value{"seats": types.NumberValue(exact)}))}
	var diagnostics diag.Diagnostics
	desired := model{UDF: fields}.desired(t.Context(), &diagnostics)
	if got := reflect.ValueOf((*desired.UDF)["seats"]).String(); got != "9007199254740993" {
		t.Errorf("seats = %s", got)
	}
}
