// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// variablesOfAccounts are four of the mock's, one of which is encrypted.
var variablesOfAccounts = []string{mockapi.RegionVariableID, mockapi.SeatLimitVariableID, mockapi.CallbackURLVariableID, mockapi.APISecretVariableID}

// textOf is the value of a variable for an account.
func textOf(definitionID, accountID string) string {
	switch definitionID {
	case mockapi.SeatLimitVariableID:
		return "7.50"
	case mockapi.CallbackURLVariableID:
		return "https://" + accountID + ".example/hook"
	}
	return "of " + accountID
}

func keyOf(definitionID, accountID string) refold.VariableKey {
	return refold.VariableKey{
		DefinitionID: definitionID, AccountID: accountID, Scope: refold.ScopeLinkedAccount,
		Encrypted: definitionID == mockapi.APISecretVariableID,
	}
}

// newValueServer has accounts with all of variablesOfAccounts.
func newValueServer(t *testing.T, accounts int, behaviour mockapi.VariableBehaviour) *listServer {
	server := newListServer(t, accounts, mockapi.Behaviour{Variable: behaviour})
	for _, accountID := range customers(0, accounts) {
		for _, definitionID := range variablesOfAccounts {
			server.SetVariableValue(mockapi.EnvironmentTest, mockapi.VariableValue{DefinitionID: definitionID, AccountID: accountID, Value: textOf(definitionID, accountID)})
		}
	}
	return server
}

// expectValue reads a value, which is to be as it was set.
func expectValue(t *testing.T, client *refold.Client, key refold.VariableKey, options refold.ReadOptions) *refold.VariableValue {
	t.Helper()
	value, err := client.VariableValue(t.Context(), key, options)
	if err != nil {
		t.Errorf("%+v: %v", key, err)
		return &refold.VariableValue{}
	}
	isRight := value.Is(textOf(key.DefinitionID, key.AccountID))
	if key.Encrypted {
		isRight = !value.IsShown && value.Value == "" && value.Encrypted
	}
	if value.VariableKey != key || !isRight {
		t.Errorf("got %+v of %+v", value, key)
	}
	return value
}

func expectNoValue(t *testing.T, client *refold.Client, key refold.VariableKey, options refold.ReadOptions) {
	t.Helper()
	if value, err := client.VariableValue(t.Context(), key, options); refold.KindOf(err) != refold.NotFound || value != nil {
		t.Errorf("%+v: %+v, %v, want that it is not set", key, value, err)
	}
}

// TestBoundOfValues: 400 values of 100 accounts, on all servers that the mock knows, cost at most
// twice what whoever knew the server would take, and two looks at what it is like.
func TestBoundOfValues(t *testing.T) {
	const accounts, values = 100, 400
	for name, test := range map[string]struct {
		behaviour mockapi.VariableBehaviour
		optimum   int
		hidesIDs  bool
	}{
		"as documented":            {mockapi.VariableBehaviour{}, 4, false},
		"ids of definitions":       {mockapi.VariableBehaviour{PlainDefinition: true}, 4, false},
		"short pages":              {mockapi.VariableBehaviour{ShortPages: true}, 5, false},
		"small pages":              {mockapi.VariableBehaviour{MaxLimit: 10}, 40, false},
		"tiny pages":               {mockapi.VariableBehaviour{MaxLimit: 1}, values, false},
		"filters ignored":          {mockapi.VariableBehaviour{IgnoreFilters: true}, 4, false},
		"filters ignored, small":   {mockapi.VariableBehaviour{IgnoreFilters: true, MaxLimit: 7}, 58, false},
		"one account at a time":    {mockapi.VariableBehaviour{ListWantsAccount: true}, accounts, false},
		"nobody is named":          {mockapi.VariableBehaviour{HideTarget: true}, values, true},
		"nobody is named, ignored": {mockapi.VariableBehaviour{HideTarget: true, IgnoreFilters: true}, values, true},
		"ciphertext":               {mockapi.VariableBehaviour{Encrypted: mockapi.EncryptedReadCiphertext}, 4, false},
		"null":                     {mockapi.VariableBehaviour{Encrypted: mockapi.EncryptedReadNull}, 4, false},
		"JSON numbers":             {mockapi.VariableBehaviour{JSONNumbers: true}, 4, false},
	} {
		for _, parallel := range []int{1, 20} {
			t.Run(fmt.Sprintf("%s, %d at a time", name, parallel), func(t *testing.T) {
				if parallel == 1 {
					shortrun.WithoutRaceDetector(t)
				}
				synctest.Test(t, func(t *testing.T) {
					server := newValueServer(t, accounts, test.behaviour)
					server.delay = 50 * time.Millisecond
					client := server.client()
					keys := make(chan refold.VariableKey)
					var group sync.WaitGroup
					for range parallel {
						group.Go(func() {
							for key := range keys {
								value := expectValue(t, client, key, refold.ReadOptions{})
								if (value.ID == "") != test.hidesIDs {
									t.Errorf("%+v has the id %q", key, value.ID)
								}
							}
						})
					}
					for _, accountID := range customers(0, accounts) {
						for _, definitionID := range variablesOfAccounts {
							keys <- keyOf(definitionID, accountID)
						}
					}
					close(keys)
					group.Wait()
					definitions := server.Count(http.MethodGet, definitionsPath)
					// Reads that begin before the first answers cannot know what they say.
					if sent := server.Count("", "") - definitions; sent > 2*test.optimum+1+parallel || definitions != 1 {
						t.Errorf("%d requests about %d values, and %d about definitions; the optimum is %d", sent, values, definitions, test.optimum)
					}
				})
			})
		}
	}
}

// TestFewValues are read by themselves, however many there are of others.
func TestFewValues(t *testing.T) {
	server := newValueServer(t, 100, mockapi.VariableBehaviour{})
	client := server.client()
	expectValue(t, client, keyOf(mockapi.RegionVariableID, customer(99)), refold.ReadOptions{})
	if sent := server.Count("", ""); sent != 1 {
		t.Errorf("%d requests for one value", sent)
	}
	expectValue(t, client, keyOf(mockapi.APISecretVariableID, customer(98)), refold.ReadOptions{})
	if sent := server.Count(http.MethodGet, valuesPath+"/*"); sent > 4 {
		t.Errorf("%d requests for two values", sent)
	}
}

// TestValuesThatAreNotSet on servers of all kinds, before and after lists are known.
func TestValuesThatAreNotSet(t *testing.T) {
	for name, behaviour := range map[string]mockapi.VariableBehaviour{
		"as documented":               {},
		"null":                        {Unset: mockapi.UnsetValueNull},
		"absent":                      {Unset: mockapi.UnsetValueAbsent},
		"nobody is named":             {HideTarget: true},
		"nobody is named, and null":   {HideTarget: true, Unset: mockapi.UnsetValueNull},
		"nobody is named, and absent": {HideTarget: true, Unset: mockapi.UnsetValueAbsent},
		"filters ignored":             {IgnoreFilters: true},
		"filters ignored, and null":   {IgnoreFilters: true, Unset: mockapi.UnsetValueNull},
		"one account at a time":       {ListWantsAccount: true},
		"short pages":                 {ShortPages: true},
		"without encrypted":           {OmitEncrypted: true, HideTarget: true},
	} {
		t.Run(name, func(t *testing.T) {
			server := newValueServer(t, 3, behaviour)
			client := server.client()
			missing := refold.VariableKey{DefinitionID: mockapi.AccessPINVariableID, AccountID: customer(1), Scope: refold.ScopeLinkedAccount, Encrypted: true}
			for _, definitionID := range variablesOfAccounts {
				server.RemoveVariableValue(mockapi.EnvironmentTest, definitionID, customer(2), "")
			}
			for range 3 {
				expectNoValue(t, client, missing, refold.ReadOptions{})
				expectNoValue(t, client, keyOf(mockapi.RegionVariableID, customer(2)), refold.ReadOptions{})
				expectNoValue(t, client, keyOf(mockapi.RegionVariableID, customer(2)), refold.ReadOptions{TrustAbsence: true})
				expectNoValue(t, client, keyOf(mockapi.SeatLimitVariableID, "nobody"), refold.ReadOptions{TrustAbsence: true})
				expectValue(t, client, keyOf(mockapi.RegionVariableID, customer(0)), refold.ReadOptions{})
				expectValue(t, client, keyOf(mockapi.APISecretVariableID, customer(0)), refold.ReadOptions{})
			}
		})
	}
}

// Where a server names nobody and shows null for both, an encrypted value that may be there counts
// as set.
func TestEncryptedValueThatNothingTells(t *testing.T) {
	server := newValueServer(t, 2, mockapi.VariableBehaviour{HideTarget: true, IgnoreFilters: true, Unset: mockapi.UnsetValueNull, Encrypted: mockapi.EncryptedReadNull})
	client := server.client()
	for range 3 {
		expectValue(t, client, keyOf(mockapi.APISecretVariableID, customer(0)), refold.ReadOptions{})
		expectValue(t, client, keyOf(mockapi.APISecretVariableID, "nobody"), refold.ReadOptions{})
		expectNoValue(t, client, keyOf(mockapi.RegionVariableID, "nobody"), refold.ReadOptions{})
	}
}

// A trusted absence costs nothing, and any other a look.
func TestAbsenceOfAValue(t *testing.T) {
	server := newValueServer(t, 3, mockapi.VariableBehaviour{})
	client := server.client()
	for range 2 {
		expectValue(t, client, keyOf(mockapi.RegionVariableID, customer(0)), refold.ReadOptions{})
	}
	server.ResetRequests()
	_, err := client.VariableValue(t.Context(), keyOf(mockapi.RegionVariableID, "nobody"), refold.ReadOptions{TrustAbsence: true})
	if refold.KindOf(err) != refold.NotFound || !strings.Contains(err.Error(), `not in the list of all values of scope "linked_account" (their number: 12)`) {
		t.Errorf("err = %v", err)
	}
	if sent := server.Count("", ""); sent != 0 {
		t.Errorf("%d requests for a trusted absence", sent)
	}
	expectNoValue(t, client, keyOf(mockapi.RegionVariableID, "nobody"), refold.ReadOptions{})
	if sent := server.Count("", ""); sent != 1 {
		t.Errorf("%d requests for one that is to be confirmed", sent)
	}
}

// TestValueOfAnAccountThatIsNotThere is told as such where the server tells.
func TestValueOfAnAccountThatIsNotThere(t *testing.T) {
	for _, hidesTarget := range []bool{false, true} {
		server := newValueServer(t, 2, mockapi.VariableBehaviour{UnknownAccountRefused: true, HideTarget: hidesTarget})
		client := server.client()
		for range 3 {
			if _, err := client.VariableValue(t.Context(), keyOf(mockapi.RegionVariableID, "nobody"), refold.ReadOptions{}); refold.KindOf(err) != refold.AccountNotFound {
				t.Errorf("err = %v", err)
			}
			expectValue(t, client, keyOf(mockapi.RegionVariableID, customer(1)), refold.ReadOptions{})
		}
	}
}

// TestValuesAfterWrites: a list that was asked for before says nothing of what was written since,
// nor of what an account had before it was written.
func TestValuesAfterWrites(t *testing.T) {
	server := newValueServer(t, 5, mockapi.VariableBehaviour{})
	client := server.client()
	region := func(number int) refold.VariableKey { return keyOf(mockapi.RegionVariableID, customer(number)) }
	var ids []string
	for number := range 5 {
		ids = append(ids, expectValue(t, client, region(number), refold.ReadOptions{}).ID)
	}
	if _, err := client.SetVariableValue(t.Context(), refold.VariableSetting{Key: region(1), Value: "changed"}, nil); err != nil {
		t.Fatal(err)
	}
	if err := client.DeleteVariableValue(t.Context(), region(2), ids[2], nil); err != nil {
		t.Fatal(err)
	}
	if err := client.DeleteLinkedAccount(t.Context(), customer(3), nil); err != nil {
		t.Fatal(err)
	}
	trust := refold.ReadOptions{TrustAbsence: true}
	if value, err := client.VariableValue(t.Context(), region(1), trust); err != nil || value.Value != "changed" || value.ID != ids[1] {
		t.Errorf("%+v, %v", value, err)
	}
	expectNoValue(t, client, region(2), trust)
	expectNoValue(t, client, region(3), trust)
	server.ResetRequests()
	expectValue(t, client, region(4), trust)
	if sent := server.Count("", ""); sent != 0 {
		t.Errorf("%d requests about a value that nobody wrote", sent)
	}
}

// TestListOfValuesThatIsWrong: what a read by itself refutes is not asked again.
func TestListOfValuesThatIsWrong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := newValueServer(t, 4, mockapi.VariableBehaviour{})
		client := server.client()
		trust := refold.ReadOptions{TrustAbsence: true}
		for number := range 2 {
			expectValue(t, client, keyOf(mockapi.RegionVariableID, customer(number)), trust)
		}
		expectNoValue(t, client, keyOf(mockapi.RegionVariableID, "c99999"), trust)
		// It was there all the time, as its date says.
		server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: "c99999"})
		server.SetVariableValue(mockapi.EnvironmentTest, mockapi.VariableValue{DefinitionID: mockapi.RegionVariableID, AccountID: "c99999", Value: textOf(mockapi.RegionVariableID, "c99999"), UpdatedAt: time.Now().Add(-time.Hour)})
		expectValue(t, client, keyOf(mockapi.RegionVariableID, "c99999"), refold.ReadOptions{})
		server.ResetRequests()
		for number := range 4 {
			expectValue(t, client, keyOf(mockapi.RegionVariableID, customer(number)), trust)
		}
		if sent := server.Count("", ""); sent != 4 {
			t.Errorf("%d requests for 4 values, after the list was found to be wrong", sent)
		}
	})
}

// TestValuesOfWorkflows stand in a list of each, and those of the workspace in one of their own.
func TestValuesOfWorkflows(t *testing.T) {
	for name, behaviour := range map[string]mockapi.VariableBehaviour{"as documented": {}, "nobody is named": {HideTarget: true}, "filters ignored": {IgnoreFilters: true}} {
		t.Run(name, func(t *testing.T) {
			server := newValueServer(t, 1, behaviour)
			batch := refold.VariableKey{DefinitionID: mockapi.BatchSizeVariableID, WorkflowID: mockapi.DefaultWorkflowID, Scope: refold.ScopeWorkflow}
			email := refold.VariableKey{DefinitionID: mockapi.SupportEmailVariableID, Scope: refold.ScopeWorkspace}
			client := server.client()
			for key, text := range map[refold.VariableKey]string{batch: "25", email: "help@example.com"} {
				expectNoValue(t, client, key, refold.ReadOptions{})
				set, err := client.SetVariableValue(t.Context(), refold.VariableSetting{Key: key, Value: text}, nil)
				if err != nil {
					t.Fatal(err)
				}
				for range 3 {
					value, err := client.VariableValue(t.Context(), key, refold.ReadOptions{})
					if err != nil || value.Value != text || value.VariableKey != key || value.ID != "" && value.ID != set.ID {
						t.Errorf("%+v, %v", value, err)
					}
				}
				if err := client.DeleteVariableValue(t.Context(), key, set.ID, nil); err != nil {
					t.Error(err)
				}
				expectNoValue(t, client, key, refold.ReadOptions{})
			}
		})
	}
}

// listValues are the values that a list yields, and its errors.
func listValues(t *testing.T, client *refold.Client, scope, accountID, workflowID string) (values []*refold.VariableValue, errs []error) {
	t.Helper()
	for value, err := range client.ListVariableValues(t.Context(), scope, accountID, workflowID) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		values = append(values, value)
	}
	return values, errs
}

func TestListVariableValues(t *testing.T) {
	for name, test := range map[string]struct {
		behaviour mockapi.VariableBehaviour
		says      string
	}{
		"as documented":         {},
		"short and small pages": {behaviour: mockapi.VariableBehaviour{ShortPages: true, MaxLimit: 3}},
		"filters ignored":       {behaviour: mockapi.VariableBehaviour{IgnoreFilters: true}},
		"ids of definitions":    {behaviour: mockapi.VariableBehaviour{PlainDefinition: true, Encrypted: mockapi.EncryptedReadCiphertext}},
		"one account at a time": {behaviour: mockapi.VariableBehaviour{ListWantsAccount: true}},
		"nobody is named":       {behaviour: mockapi.VariableBehaviour{HideTarget: true}, says: "it is listed without the account or workflow that it is set for; and "},
	} {
		t.Run(name, func(t *testing.T) {
			client := newValueServer(t, 3, test.behaviour).client()
			for accountID, want := range map[string]int{"": 12, customer(1): 4} {
				values, errs := listValues(t, client, refold.ScopeLinkedAccount, accountID, "")
				if test.says != "" {
					if len(values) != 0 || len(errs) != 1 || !strings.Contains(errs[0].Error(), test.says) {
						t.Errorf("%d values, %v", len(values), errs)
					}
					continue
				}
				if len(values) != want || len(errs) != 0 {
					t.Errorf("%d values of %q, want %d: %v", len(values), accountID, want, errs)
				}
				for _, value := range values {
					isSecret := value.DefinitionID == mockapi.APISecretVariableID
					isOf := accountID == "" || value.AccountID == accountID
					if value.ID == "" || !isOf || value.Encrypted != isSecret || value.IsShown == isSecret || !isSecret && value.Value != textOf(value.DefinitionID, value.AccountID) || isSecret && value.Value != "" {
						t.Errorf("%+v", value)
					}
				}
			}
		})
	}
}

// Whoever wants few values asks for no more pages.
func TestListOfValuesThatStops(t *testing.T) {
	server := newValueServer(t, 3, mockapi.VariableBehaviour{MaxLimit: 2})
	for _, err := range server.client().ListVariableValues(t.Context(), refold.ScopeLinkedAccount, "", "") {
		if err != nil {
			t.Error(err)
		}
		break
	}
	if sent := server.Count(http.MethodGet, valuesPath+"/*"); sent != 1 {
		t.Errorf("%d pages", sent)
	}
}

// TestListThatContradictsItself is no proof of an absence.
func TestListThatContradictsItself(t *testing.T) {
	alone := answer(200, `{"value":"eu"}`)
	for name, page := range map[string]string{
		"counts what it does not show": `{"docs":[],"totalDocs":1}`,
		"ends before its count":        `{"docs":[{"_id":"1","variable_definition_id":"other","linked_account_id":"user","value":"x"}],"totalDocs":2,"hasNextPage":false}`,
	} {
		net := newNetwork(t, answer(200, page), alone)
		value, err := newClient(t, net).VariableValue(t.Context(), regionKey(), refold.ReadOptions{})
		if err != nil || value.Value != "eu" || value.ID != "" || len(net.requests()) != 2 {
			t.Errorf("%s: %+v, %v after %s", name, value, err, net.methods())
		}
	}
}

// TestEndlessValues: of a server that ignores what it is asked for, so much is read and no more.
func TestEndlessValues(t *testing.T) {
	net := newNetwork(t, func(request *http.Request) (*http.Response, error) {
		number := request.URL.Query().Get("page")
		if number == "" {
			return answer(200, `{"value":"eu"}`)(request)
		}
		return answer(200, `{"docs":[{"_id":"`+number+`","variable_definition_id":"`+definitionID+`","linked_account_id":"`+number+`","value":"x"}],"hasNextPage":true}`)(request)
	})
	client := newClient(t, net, func(o *refold.Options) { o.RequestsPerSecond, o.Burst = 1e6, 1e6 })
	value, err := client.VariableValue(t.Context(), regionKey(), refold.ReadOptions{})
	if err != nil || value.Value != "eu" || len(net.requests()) != 101 {
		t.Errorf("%+v, %v after %d requests", value, err, len(net.requests()))
	}
}

// TestDefinitionsThatDoNotSay: where no definition says whether it is encrypted, no value is shown.
func TestDefinitionsThatDoNotSay(t *testing.T) {
	for _, behaviour := range []mockapi.VariableBehaviour{
		{DefinitionsOmitEncrypted: true}, {DefinitionsOmitEncrypted: true, HideTarget: true, OmitEncrypted: true}, {DefinitionsOmitEncrypted: true, PlainDefinition: true, Encrypted: mockapi.EncryptedReadCiphertext},
	} {
		client := newValueServer(t, 2, behaviour).client()
		for _, definitionID := range variablesOfAccounts {
			definition, err := client.VariableDefinition(t.Context(), definitionID, 0)
			if err != nil || !definition.Encrypted {
				t.Fatalf("%+v, %v", definition, err)
			}
			for _, accountID := range customers(0, 2) {
				key := keyOf(definitionID, accountID)
				key.Encrypted = definition.Encrypted
				expectValue(t, client, key, refold.ReadOptions{})
			}
		}
		values, _ := listValues(t, client, refold.ScopeLinkedAccount, "", "")
		for _, value := range values {
			if value.IsShown || value.Value != "" || !value.Encrypted {
				t.Errorf("%+v", value)
			}
		}
	}
}

// TestValuesOfUnlistedDefinitions: a page keeps nothing of a value of which it is not known whether
// it is encrypted, so that it is read by itself.
func TestValuesOfUnlistedDefinitions(t *testing.T) {
	pages := 0
	net := newNetwork(t, func(request *http.Request) (*http.Response, error) {
		query := request.URL.Query()
		switch {
		case request.URL.Path == definitionsPath:
			return answer(200, pageOf(strings.Replace(plainRegion, definitionID, "another", 1)))(request)
		case query.Get("variable_definition_id") == "":
			pages++
		}
		return answer(200, pageOf(
			`{"_id":"1","variable_definition_id":"another","linked_account_id":"user","value":"eu"}`,
			`{"_id":"2","variable_definition_id":"`+definitionID+`","linked_account_id":"user","value":"eu"}`,
		))(request)
	})
	client := newClient(t, net)
	for range 5 {
		if value, err := client.VariableValue(t.Context(), regionKey(), refold.ReadOptions{}); err != nil || value.Value != "eu" || value.ID != "2" {
			t.Errorf("%+v, %v", value, err)
		}
	}
	if sent := len(net.requests()); pages != 1 || sent != 7 {
		t.Errorf("%d pages in %d requests, want that each value is read by itself, but for one try", pages, sent)
	}
	values, errs := listValues(t, client, refold.ScopeLinkedAccount, "", "")
	if len(values) != 2 || len(errs) != 0 || !values[0].IsShown || values[1].IsShown || !values[1].Encrypted {
		t.Errorf("%+v, %v", values, errs)
	}
}

// TestListsThatAreRefused leave all to single reads, whatever it is that is refused.
func TestListsThatAreRefused(t *testing.T) {
	for name, isRefused := range map[string]func(*http.Request) bool{
		"definitions": func(request *http.Request) bool { return request.URL.Path == definitionsPath },
		"values":      func(request *http.Request) bool { return !request.URL.Query().Has("variable_definition_id") },
	} {
		for _, status := range []int{400, 403, 404, 500} {
			net := newNetwork(t, func(request *http.Request) (*http.Response, error) {
				if isRefused(request) {
					return answer(status, `{"message":"no"}`)(request)
				}
				return answer(200, pageOf(regionOfUser))(request)
			})
			client := newClient(t, net, withoutRetries)
			for range 5 {
				if value, err := client.VariableValue(t.Context(), regionKey(), refold.ReadOptions{}); err != nil || value.Value != "eu" {
					t.Errorf("%s, %d: %+v, %v", name, status, value, err)
				}
			}
			if sent := len(net.requests()); sent > 8 {
				t.Errorf("%s, %d: %d requests", name, status, sent)
			}
		}
	}
}

// TestValueThatTheKeyHides: a value of which who asks says that it is encrypted is taken out of
// pages by which it is not, as of a definition that was changed since they were read.
func TestValueThatTheKeyHides(t *testing.T) {
	client := newValueServer(t, 2, mockapi.VariableBehaviour{}).client()
	key := keyOf(mockapi.RegionVariableID, customer(1))
	for range 2 {
		expectValue(t, client, key, refold.ReadOptions{})
	}
	key.Encrypted = true
	expectValue(t, client, key, refold.ReadOptions{})
	key.Encrypted = false
	expectValue(t, client, key, refold.ReadOptions{})
}
