// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// complete is an upsert answer that needs no read-back (FACTS 2.1.2).
func complete(fields string) string {
	return `{"_id":"6a3134fdc71d10070e78923e","associated_org":"` + organization + `","account_id":"user","environment":"test","name":"Renamed","createdAt":"2026-06-16T11:35:25.951Z","updatedAt":"2026-06-16T11:35:50.272Z","__v":0` + fields + `}`
}

func TestUpsertAnswerWithoutReadBack(t *testing.T) {
	tests := map[string]struct {
		body       string
		newAccount *bool
		udf        refold.UDF
	}{
		"before new_account existed": {complete(`,"udf":[]`), nil, refold.UDF{}},
		"updated":                    {complete(`,"udf":[],"new_account":false`), new(false), refold.UDF{}},
		"created":                    {complete(`,"udf":[{"key_name":"seats","key_value":20}],"new_account":true`), new(true), refold.UDF{"seats": json.Number("20")}},
		"udf as an object":           {complete(`,"udf":{"a":"b"},"new_account":null`), nil, refold.UDF{"a": "b"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			net := newNetwork(t, answer(200, test.body))
			result, err := newClient(t, net).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
			if err != nil {
				t.Fatal(err)
			}
			expect(t, net.methods(), "PUT")
			if result.ReadBackError != nil || result.MayHaveArrived {
				t.Errorf("result = %+v", result)
			}
			if !reflect.DeepEqual(result.NewAccount, test.newAccount) {
				t.Errorf("NewAccount = %v, want %v", result.NewAccount, test.newAccount)
			}
			if result.Account == nil || !reflect.DeepEqual(result.Account.UDF, test.udf) || result.Account.Name != "Renamed" || result.Account.ID != "6a3134fdc71d10070e78923e" {
				t.Errorf("Account = %+v", result.Account)
			}
		})
	}
}

// TestUpsertAnswerIsReadBack has answers that lack something that the state
// needs; each costs one GET and no more.
func TestUpsertAnswerIsReadBack(t *testing.T) {
	tests := map[string]struct {
		status     int
		body       string
		newAccount *bool
	}{
		"success only":          {200, `{"success":true}`, nil},
		"success, new_account":  {200, `{"success":true,"new_account":true}`, new(true)},
		"minimal":               {200, `{"_id":"1","account_id":"user","name":"A","environment":"test","integrations":null}`, nil},
		"without udf":           {200, complete(``), nil},
		"udf null":              {200, complete(`,"udf":null,"new_account":false`), new(false)},
		"udf unreadable":        {200, complete(`,"udf":"x","new_account":false`), new(false)},
		"without _id":           {200, `{"associated_org":"o","account_id":"user","environment":"test","udf":[]}`, nil},
		"without account_id":    {200, `{"_id":"1","associated_org":"o","environment":"test","udf":[]}`, nil},
		"without organization":  {200, `{"_id":"1","account_id":"user","environment":"test","udf":[]}`, nil},
		"without environment":   {200, `{"_id":"1","associated_org":"o","account_id":"user","udf":[]}`, nil},
		"text":                  {200, "ok", nil},
		"empty":                 {200, "", nil},
		"no content":            {204, "", nil},
		"cut off":               {200, `{"_id":"1",`, nil},
		"null":                  {200, "null", nil},
		"error null and false":  {200, `{"success":true,"error":null}`, nil},
		"error empty":           {200, `{"success":true,"error":"","status_code":200}`, nil},
		"error false":           {201, `{"success":true,"error":false,"status_code":"201"}`, nil},
		"message, like deletes": {200, `{"message":"User updated successfully"}`, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			net := newNetwork(t, answer(test.status, test.body), answer(200, document("user")))
			result, err := newClient(t, net).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
			if err != nil {
				t.Fatal(err)
			}
			expect(t, net.methods(), "PUT GET")
			if result.ReadBackError != nil {
				t.Errorf("ReadBackError = %v", result.ReadBackError)
			}
			if result.Account == nil || result.Account.ID != "6992cc7e9d38bc6a2ae28d12" {
				t.Errorf("Account = %+v", result.Account)
			}
			if !reflect.DeepEqual(result.NewAccount, test.newAccount) {
				t.Errorf("NewAccount = %v, want %v", result.NewAccount, test.newAccount)
			}
		})
	}
}

func TestUpsertReadBackWaitsForTheAccount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, answer(200, `{"success":true}`), answer(404, notFound("user")), answer(404, notFound("user")), answer(200, document("user")))
		result, err := newClient(t, net).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
		if err != nil || result.ReadBackError != nil || result.Account == nil {
			t.Fatalf("result = %+v, err = %v", result, err)
		}
		expect(t, net.methods(), "PUT GET GET GET")
		if waited := net.requests()[3].At; waited != 1250*time.Millisecond {
			t.Errorf("the account was there after %s, want 1.25s", waited)
		}
	})
}

// minimal is an answer that shows the account, and not all of it.
const minimal = `{"_id":"1","account_id":"user","name":"A","environment":"test","integrations":null}`

func TestUpsertReadBackGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, answer(200, minimal), answer(404, notFound("user")))
		result, err := newClient(t, net).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
		if err != nil {
			t.Fatal(err)
		}
		expect(t, net.methods(), "PUT GET GET GET GET")
		want := refold.LinkedAccount{ID: "1", Name: "A", AccountID: "user", OrganizationID: "6500a1b2c3d4e5f6a7b8c9d0", Environment: "test"}
		if !reflect.DeepEqual(*result.Account, want) || refold.KindOf(result.ReadBackError) != refold.AccountNotFound {
			t.Errorf("result = %+v, account %+v", result, result.Account)
		}
	})
}

func TestUpsertReadBackFailsAtOnceOnOtherErrors(t *testing.T) {
	net := newNetwork(t, answer(200, minimal), answer(401, `{"message":"Invalid Credentials","error":"SERVER_ERROR"}`))
	result, err := newClient(t, net).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
	if err != nil {
		t.Fatal(err)
	}
	expect(t, net.methods(), "PUT GET")
	if refusal, ok := errors.AsType[*refold.Error](result.ReadBackError); !ok || refusal.Status != 401 || result.Account.UDF != nil || result.Account.AccountID != "user" {
		t.Errorf("result = %+v", result)
	}
}

func TestUpsertReadBackEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		net := newNetwork(t, answer(200, minimal), answer(404, notFound("user")))
		start := time.Now()
		result, err := newClient(t, net).UpsertLinkedAccount(ctx, refold.Upsert{AccountID: "user"})
		if err != nil || result.Account.UDF != nil || result.ReadBackError == nil {
			t.Errorf("result = %+v, err = %v", result, err)
		}
		if took := time.Since(start); took != 100*time.Millisecond {
			t.Errorf("it took %s", took)
		}
		expect(t, net.methods(), "PUT GET")
	})
}

func TestUpsertRefused(t *testing.T) {
	net := newNetwork(t, answer(400, `{"status_code":400,"http_error_type":"BAD_REQUEST","error_code":"SERVER_ERROR","message":"Duplicate Auth key_name not allowed"}`))
	result, err := newClient(t, net).UpsertLinkedAccount(t.Context(), refold.Upsert{AccountID: "user"})
	if result != nil || refold.KindOf(err) != refold.DuplicateCredential {
		t.Errorf("result = %+v, err = %v", result, err)
	}
	expect(t, net.methods(), "PUT")
}
