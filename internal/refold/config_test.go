// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

const (
	configOfUser = "/api/v2/public/slug/hubspot/config/user"
	fieldsPath   = "/api/v2/public/config/field"
	hubspotUser  = `{"slug":"hubspot","config_id":"user","fields":[{"id":"f","value":1,"defaultValue":2}],"workflows":[{"id":"w","enabled":true}],"field_errors":[]}`

	configNotFound = `{"status_code":404,"http_error_type":"NOT_FOUND","error_code":"RESOURCE_NOT_FOUND","message":"Config with config id user not found"}`
	appNotFound    = `{"error_code":"INVALID_APP_ID","message":"Application with app_type 'hubspot' not found for org ` + organization + `"}`
	oldNotFound    = `{"error_code":"SERVER_ERROR","message":"Application with slug hubspot not found"}`
	lostHeader     = `{"error":"MISSING_REQUIRED_FIELD","message":"Linked account id is required with API Key, for this resource"}`
)

func userKey() refold.ConfigKey {
	return refold.ConfigKey{AccountID: "user", Slug: "hubspot", ConfigID: "user"}
}

var (
	noConfig = &unusableAnswer{"not a config in JSON", "JSON without a config_id", ofAnotherAccount, emptyAnswer}
	noField  = asksFor("the answer shows neither the field nor that it was changed", ofAnotherAccount, "the answer shows neither the field nor that it was changed")
	noToggle = asksFor("the answer does not show the workflow", ofAnotherAccount, "the answer does not show the workflow")
)

// Config has the operations of configs, their fields and the workflows in them.
func (operationsOf) Config() objectOperations {
	return objectOperations{
		fine: `"slug":"hubspot","config_id":"user","fields":[],"workflows":[{"id":"w","enabled":true}]`,
		calls: map[string]operation{
			"Config": {requests: "GET", asks: noConfig, hidesScope: true, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.Config(ctx, userKey(), true)
				return err
			}},
			"ConfigAfterWrite": {requests: "GET", asks: noConfig, hidesScope: true, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.ConfigAfterWrite(ctx, userKey(), func(*refold.Config) bool { return false })
				return err
			}},
			"ConfigIDs": {requests: "GET", asks: asksFor("not a list of configs in JSON", ofAnotherAccount, emptyAnswer), hidesScope: true, body: `[{"_id":"1","config_id":"user"}]`, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.ConfigIDs(ctx, "user", "hubspot")
				return err
			}},
			"CreateConfig": {requests: "POST", asks: noConfig, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.CreateConfig(ctx, userKey())
				return err
			}},
			"SetConfigField": {requests: "PUT", asks: noField, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.SetConfigField(ctx, userKey(), "f", json.Number("1"), nil)
				return err
			}},
			"ClearConfigField": {requests: "DELETE", asks: noField, do: func(ctx context.Context, c *refold.Client) error {
				_, err := c.ClearConfigField(ctx, userKey(), "f", nil)
				return err
			}},
			"ToggleWorkflow": {requests: "PATCH", asks: noToggle, otherMethod: "PUT", do: func(ctx context.Context, c *refold.Client) error {
				return c.ToggleWorkflow(ctx, userKey(), "w", true)
			}},
			"DeleteConfig": {requests: "DELETE", asks: noConfig, do: func(ctx context.Context, c *refold.Client) error {
				return c.DeleteConfig(ctx, userKey(), nil)
			}},
		},
	}
}

// configIn is the one of an answer.
func configIn(t *testing.T, body string) (*refold.Config, error) {
	t.Helper()
	return newClient(t, newNetwork(t, answer(200, body)), withoutRetries).Config(t.Context(), userKey(), false)
}

// TestDecodeConfig covers the document of FACTS 2.7, and what is odd in it.
func TestDecodeConfig(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want refold.Config
	}{
		"everything": {
			`{"slug":"hubspot","config_id":"user","field_errors":[{"message":"Bad date"}],
			  "fields":[{"id":"sync","name":"Sync","field_type":"number","required":true,"hidden":true,"multiple":true,"value":25,"defaultValue":60,"options":[{"name":"Lead","value":"lead"}],"labels":{},"parent":"p","help_text":"h"}],
			  "workflows":[{"id":"w","name":"Contacts","description":"Each hour","enabled":true,"icon":"i","fields":[{"id":"batch","value":"x"}]}]}`,
			refold.Config{
				Slug: "hubspot", ConfigID: "user", FieldErrors: []string{"Bad date"},
				Fields: []refold.ConfigField{{
					ID: "sync", Name: "Sync", Type: "number", Required: true, Hidden: true, Multiple: true, Value: json.Number("25"), Default: json.Number("60"), Options: json.RawMessage(`[{"name":"Lead","value":"lead"}]`),
				}},
				Workflows: []refold.ConfigWorkflow{{ID: "w", Name: "Contacts", Description: "Each hour", Enabled: true, Fields: []refold.ConfigField{{ID: "batch", Value: "x"}}}},
			},
		},
		"next to nothing": {`{"config_id":"user","fields":[]}`, refold.Config{ConfigID: "user", Fields: []refold.ConfigField{}}},
		"nulls":           {`{"config_id":"user","slug":null,"fields":[{"id":"f","value":null,"defaultValue":null,"options":null,"required":null}],"workflows":null,"field_errors":null}`, refold.Config{ConfigID: "user", Fields: []refold.ConfigField{{ID: "f"}}}},
		"one id for a field and a workflow": {
			`{"config_id":"user","fields":[{"id":"x"}],"workflows":[{"id":"x"}]}`,
			refold.Config{ConfigID: "user", Fields: []refold.ConfigField{{ID: "x"}}, Workflows: []refold.ConfigWorkflow{{ID: "x", Fields: []refold.ConfigField{}}}},
		},
		"odd labels": {
			`{"config_id":"user","fields":[{"id":7,"name":{"a":1},"field_type":[],"required":"true","hidden":"no"}],"workflows":[{"id":true,"enabled":"true"},{"id":"y","enabled":1}]}`,
			refold.Config{ConfigID: "user", Fields: []refold.ConfigField{{ID: "7", Required: true}}, Workflows: []refold.ConfigWorkflow{{ID: "true", Enabled: true, Fields: []refold.ConfigField{}}, {ID: "y", Fields: []refold.ConfigField{}}}},
		},
		"errors of any form": {
			`{"config_id":"user","fields":[],"field_errors":["Bad\u0007 date",{"message":{"message":"deep"}},{"field":"f"},["a","b"],null,7]}`,
			refold.Config{ConfigID: "user", Fields: []refold.ConfigField{}, FieldErrors: []string{"Bad date", "deep", `{"field":"f"}`, "a; b", "null", "7"}},
		},
		"errors with the key": {`{"config_id":"user","fields":[],"field_errors":["` + testKey + ` is bad"]}`, refold.Config{ConfigID: "user", Fields: []refold.ConfigField{}, FieldErrors: []string{"(redacted) is bad"}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := configIn(t, test.body); err != nil || !reflect.DeepEqual(*got, test.want) {
				t.Errorf("got  %+v, %v\nwant %+v", got, err, test.want)
			}
		})
	}
}

// Values of every JSON type stay what they are, with every digit.
func TestValuesOfFields(t *testing.T) {
	for raw, want := range map[string]any{
		`25`: json.Number("25"), `25.0`: json.Number("25.0"), `"25"`: "25", `1152921504606846976`: json.Number("1152921504606846976"), `1e400`: json.Number("1e400"), `true`: true, `false`: false, `null`: nil, `""`: "",
		`[]`: []any{}, `{}`: map[string]any{}, `{"a/b c.d":[null,{"x":1}]}`: map[string]any{"a/b c.d": []any{nil, map[string]any{"x": json.Number("1")}}},
	} {
		config, err := configIn(t, `{"config_id":"user","fields":[{"id":"f","value":`+raw+`,"defaultValue":`+raw+`}]}`)
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		field := config.Field("f")
		if !reflect.DeepEqual(field.Value, want) || !reflect.DeepEqual(field.Default, want) || field.IsSet() {
			t.Errorf("%s became %#v", raw, field)
		}
		net := newNetwork(t, answer(200, `{"id":"f","value":`+raw+`}`))
		shown, err := newClient(t, net).SetConfigField(t.Context(), userKey(), "f", want, nil)
		if err != nil || !reflect.DeepEqual(shown.Value, want) {
			t.Errorf("%s: %+v, %v", raw, shown, err)
		}
		expect(t, net.requests()[0].Body, `{"value":`+raw+`}`)
	}
}

func TestConfigsThatCannotBeRead(t *testing.T) {
	for body, says := range map[string]string{
		``: emptyAnswer, `null`: "JSON without a config_id", `[]`: "not a config in JSON", `ok`: "not a config in JSON", `{"success":true}`: "JSON without a config_id", hubspotUser + `}`: "not a config in JSON",
		`{"config_id":"","fields":[]}`: "JSON without a config_id", `{"config_id":{},"fields":[]}`: "JSON without a config_id",
		`{"config_id":"user"}`: "a config without its fields", `{"config_id":"user","fields":null}`: "a config without its fields",
		`{"config_id":"user","fields":{}}`: "not a config in JSON", `{"config_id":"user","fields":["f"]}`: "not a config in JSON", `{"config_id":"user","fields":[],"workflows":{}}`: "not a config in JSON",
		`{"config_id":"user","fields":[{"name":"x"}]}`: `the id "" is missing or there twice`, `{"config_id":"user","fields":[null]}`: `the id "" is missing or there twice`,
		`{"config_id":"user","fields":[{"id":"a"},{"id":"b"},{"id":"a"}]}`:                      `the id "a" is missing or there twice`,
		`{"config_id":"user","fields":[],"workflows":[{"id":"w"},{"id":"w"}]}`:                  `the id "w" is missing or there twice`,
		`{"config_id":"user","fields":[],"workflows":[{"enabled":true}]}`:                       `the id "" is missing or there twice`,
		`{"config_id":"user","fields":[{"id":"\n` + testKey + `"},{"id":"\n` + testKey + `"}]}`: `the id "\n(redacted)" is missing or there twice`,
	} {
		config, err := configIn(t, body)
		if err == nil || config != nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %+v, %v, want it to say %q", body, config, err, says)
			continue
		}
		readable(t, err)
	}
}

func TestFieldsOfAConfig(t *testing.T) {
	config, err := configIn(t, `{"config_id":"user","fields":[{"id":"own","value":1,"defaultValue":2},{"id":"default","defaultValue":2},{"id":"same","value":{"a":[2]},"defaultValue":{"a":[2]}},{"id":"none"},{"id":"false","value":false,"defaultValue":true},{"id":"number","value":[6e1],"defaultValue":[60.0]},{"id":"text","value":"60","defaultValue":60},{"id":"huge","value":1152921504606846977,"defaultValue":1152921504606846976},{"id":"mixed","value":[[]],"defaultValue":["x"]}],"workflows":[{"id":"w"}]}`)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]struct {
		effective any
		isSet     bool
	}{
		"own": {json.Number("1"), true}, "default": {json.Number("2"), false}, "same": {map[string]any{"a": []any{json.Number("2")}}, false}, "none": {nil, false}, "false": {false, true},
		"number": {[]any{json.Number("6e1")}, false}, "text": {"60", true}, "huge": {json.Number("1152921504606846977"), true}, "mixed": {[]any{[]any{}}, true},
	} {
		if field := config.Field(id); !reflect.DeepEqual(field.Effective(), want.effective) || field.IsSet() != want.isSet {
			t.Errorf("%s: %#v, set %t", id, field.Effective(), field.IsSet())
		}
	}
	if config.Field("Own") != nil || config.Workflow("W") != nil || config.Workflow("w").ID != "w" {
		t.Error("ids are compared in another form than they are written in")
	}
}

// TestConfigRequests: what names a config stands in each place as it is.
func TestConfigRequests(t *testing.T) {
	key := refold.ConfigKey{AccountID: "a/b c+d", Slug: "my app/%", ConfigID: "größe 1/2%+?#"}
	const (
		slugPath   = "/api/v2/public/slug/my%20app%2F%25"
		configPath = slugPath + "/config/gr%C3%B6%C3%9Fe%201%2F2%25%2B%3F%23"
		query      = "?config_id=gr%C3%B6%C3%9Fe+1%2F2%25%2B%3F%23"
	)
	document := strings.Replace(hubspotUser, `"user"`, `"`+key.ConfigID+`"`, 1)
	for name, test := range map[string]struct {
		do                       func(context.Context, *refold.Client) error
		answer                   string
		method, uri, body        string
		slugHeader, hidesOptions string
	}{
		"read": {func(ctx context.Context, c *refold.Client) error {
			_, err := c.Config(ctx, key, false)
			return err
		}, document, "GET", configPath, "", "", "true"},
		"read with options": {func(ctx context.Context, c *refold.Client) error {
			_, err := c.Config(ctx, key, true)
			return err
		}, document, "GET", configPath, "", "", ""},
		"list": {func(ctx context.Context, c *refold.Client) error {
			_, err := c.ConfigIDs(ctx, key.AccountID, key.Slug)
			return err
		}, `[]`, "GET", slugPath + "/configs", "", "", ""},
		"create": {func(ctx context.Context, c *refold.Client) error {
			_, err := c.CreateConfig(ctx, key)
			return err
		}, document, "POST", "/api/v2/public/config", `{"config_id":"größe 1/2%+?#","slug":"my app/%"}`, "", "true"},
		"set": {func(ctx context.Context, c *refold.Client) error {
			_, err := c.SetConfigField(ctx, key, "a/b.c ö", []any{nil}, nil)
			return err
		}, `{"success":true}`, "PUT", fieldsPath + "/a%2Fb.c%20%C3%B6" + query, `{"value":[null]}`, "my app/%", "true"},
		"clear": {func(ctx context.Context, c *refold.Client) error {
			_, err := c.ClearConfigField(ctx, key, "a/b.c ö", nil)
			return err
		}, `{"success":true}`, "DELETE", fieldsPath + "/a%2Fb.c%20%C3%B6" + query, "", "my app/%", "true"},
		"toggle": {func(ctx context.Context, c *refold.Client) error {
			return c.ToggleWorkflow(ctx, key, "w/1", false)
		}, `{"success":true}`, "PATCH", configPath + "/workflows/w%2F1", `{"enabled":false}`, "", ""},
		"delete": {func(ctx context.Context, c *refold.Client) error {
			return c.DeleteConfig(ctx, key, nil)
		}, `{"message":"Installation Deleted Success"}`, "DELETE", configPath, "", "", ""},
	} {
		net := newNetwork(t, answer(200, test.answer))
		if err := test.do(t.Context(), newClient(t, net)); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		request := net.requests()[0]
		if len(net.requests()) != 1 || request.Method != test.method || request.URI != test.uri || request.Body != test.body {
			t.Errorf("%s: sent %s %s %s, of %s", name, request.Method, request.URI, request.Body, net.methods())
		}
		if selectedIn(request.Header) != key.AccountID || request.Header.Get("slug") != test.slugHeader || request.Header.Get("disable_field_options") != test.hidesOptions {
			t.Errorf("%s: sent with %v", name, request.Header)
		}
	}
}

// TestWhatNoHeaderCanName is refused before anything is sent, the guard's question included: it
// would arrive as another text, and so as another object's name.
func TestWhatNoHeaderCanName(t *testing.T) {
	inHeader := map[string]func(context.Context, *refold.Client, string) error{
		"Config": func(ctx context.Context, c *refold.Client, id string) error {
			_, err := c.Config(ctx, refold.ConfigKey{AccountID: id, Slug: "hubspot", ConfigID: "c"}, false)
			return err
		},
		"ConfigIDs": func(ctx context.Context, c *refold.Client, id string) error {
			_, err := c.ConfigIDs(ctx, id, "hubspot")
			return err
		},
		"CreateConfig": func(ctx context.Context, c *refold.Client, id string) error {
			_, err := c.CreateConfig(ctx, refold.ConfigKey{AccountID: id, Slug: "hubspot", ConfigID: "c"})
			return err
		},
		"SetConfigField": func(ctx context.Context, c *refold.Client, id string) error {
			_, err := c.SetConfigField(ctx, refold.ConfigKey{AccountID: id, Slug: "hubspot", ConfigID: "c"}, "f", 1, nil)
			return err
		},
		"SetConfigField of an app": func(ctx context.Context, c *refold.Client, slug string) error {
			_, err := c.SetConfigField(ctx, refold.ConfigKey{AccountID: "user", Slug: slug, ConfigID: "c"}, "f", 1, nil)
			return err
		},
		"ClearConfigField of an app": func(ctx context.Context, c *refold.Client, slug string) error {
			_, err := c.ClearConfigField(ctx, refold.ConfigKey{AccountID: "user", Slug: slug, ConfigID: "c"}, "f", nil)
			return err
		},
		"ToggleWorkflow": func(ctx context.Context, c *refold.Client, id string) error {
			return c.ToggleWorkflow(ctx, refold.ConfigKey{AccountID: id, Slug: "hubspot", ConfigID: "c"}, "w", true)
		},
		"DeleteConfig": func(ctx context.Context, c *refold.Client, id string) error {
			return c.DeleteConfig(ctx, refold.ConfigKey{AccountID: id, Slug: "hubspot", ConfigID: "c"}, nil)
		},
		"Workflows": func(ctx context.Context, c *refold.Client, id string) error {
			_, err := c.Workflows(ctx, id, refold.WorkflowFilter{})
			return err
		},
		"DeleteVariableValue": func(ctx context.Context, c *refold.Client, id string) error {
			return c.DeleteVariableValue(ctx, refold.VariableKey{DefinitionID: definitionID, AccountID: id}, valueID, nil)
		},
		"Executions": func(ctx context.Context, c *refold.Client, id string) error {
			_, err := c.Executions(ctx, refold.ExecutionFilter{AccountID: id}, 10)
			return err
		},
	}
	for name, do := range inHeader {
		for text, says := range map[string]string{"müller": "other characters than", "a\u00a0b": "other characters than", "日": "other characters than", "a\tb": "other characters than", "\x7f": "other characters than", " a": "begins or ends with white space", "a ": "begins or ends with white space"} {
			net := newNetwork(t, answer(200, fine))
			err := do(t.Context(), newClient(t, net, guarding("test")), text)
			if !errors.Is(err, refold.ErrNotInHeader) || refold.MayHaveArrived(err) || refold.IsUncertain(err) || !strings.Contains(err.Error(), "nothing was sent") || !strings.Contains(err.Error(), says) || len(net.requests()) != 0 {
				t.Errorf("%s %q: %v after %s", name, text, err, net.methods())
			}
		}
	}
}

// TestWhatIsNotThere tells a config that is not there from an app, an account, and a request that
// lost its header, of which none says anything about the config (FACTS 0.2, 2.6, 2.7).
func TestWhatIsNotThere(t *testing.T) {
	for name, test := range map[string]struct {
		status   int
		body     string
		want     refold.Kind
		deleting refold.Kind
	}{
		"config":                    {404, configNotFound, refold.NotFound, refold.NotFound},
		"config, in another status": {400, configNotFound, refold.Other, refold.Other},
		"app":                       {404, appNotFound, refold.ApplicationNotFound, refold.ApplicationNotFound},
		"as of 2023":                {400, oldNotFound, refold.ApplicationNotFound, refold.NotFound},
		"account":                   {404, notFound("user"), refold.AccountNotFound, refold.AccountNotFound},
		"account, as of old":        {500, notFound("user"), refold.AccountNotFound, refold.AccountNotFound},
		"another account":           {404, notFound("other"), refold.Other, refold.Other},
		"account in the header":     {404, lostHeader, refold.Other, refold.Other},
		"account, as of 2023":       {400, `{"message":"linked_account_id is required"}`, refold.Other, refold.Other},
		"slug, as of 2023":          {400, `{"message":"Missing Slug"}`, refold.Other, refold.Other},
		"key":                       {404, `{"error":"MISSING_REQUIRED_FIELD","message":"Missing API Key"}`, refold.Other, refold.Other},
		"another 404":               {404, `{"error_code":"RESOURCE_NOT_FOUND","message":"Workflow with id w not found"}`, refold.Other, refold.Other},
		"path":                      {404, `<pre>Cannot GET /api</pre>`, refold.Other, refold.Other},
		"connection":                {400, `{"message":"HubSpot is not connected"}`, refold.Other, refold.Other},
	} {
		for _, method := range []string{"Config", "ConfigAfterWrite", "ConfigIDs", "CreateConfig", "SetConfigField", "ClearConfigField", "ToggleWorkflow", "DeleteConfig"} {
			want := test.want
			if method == "DeleteConfig" {
				want = test.deleting
			}
			net := newNetwork(t, answer(test.status, test.body))
			err := operations[method].do(t.Context(), newClient(t, net))
			if err == nil || refold.KindOf(err) != want || refold.MayHaveArrived(err) {
				t.Errorf("%s, %s: %v of kind %d, want %d", method, name, err, refold.KindOf(err), want)
			}
		}
	}
	const noSuchField = `{"error_code":"SERVER_ERROR","message":"Field with id f not found"}`
	for method, want := range map[string]refold.Kind{"SetConfigField": refold.FieldNotFound, "ClearConfigField": refold.FieldNotFound, "DeleteConfig": refold.Other, "CreateConfig": refold.Other} {
		if err := operations[method].do(t.Context(), newClient(t, newNetwork(t, answer(400, noSuchField)))); refold.KindOf(err) != want {
			t.Errorf("%s, field: %v of kind %d, want %d", method, err, refold.KindOf(err), want)
		}
	}
}

// TestAnswerAboutAnotherConfig: one that is read by a config's id is no other's.
func TestAnswerAboutAnotherConfig(t *testing.T) {
	for _, id := range []string{"User", "emea", "user "} {
		// It is no less another one where it is short.
		body := map[bool]string{true: `{"config_id":"` + id + `"}`, false: strings.Replace(hubspotUser, `"user"`, `"`+id+`"`, 1)}[id == "emea"]
		for _, method := range []string{"Config", "CreateConfig"} {
			net := newNetwork(t, answer(200, body), answer(200, hubspotUser))
			err := operations[method].do(t.Context(), newClient(t, net))
			if refold.KindOf(err) != refold.WrongObject || !strings.Contains(err.Error(), "the answer is about another config, "+strings.TrimSpace(id)) || len(net.requests()) != 1 {
				t.Errorf("%s of %q: %v after %s", method, id, err, net.methods())
			}
		}
	}
	// An app that the organization built may be shown under another of its names.
	if config, err := configIn(t, strings.Replace(hubspotUser, `"hubspot"`, `"acme"`, 1)); err != nil || config.Slug != "acme" {
		t.Errorf("%+v, %v", config, err)
	}
}

// What the answer to a creation does not show is read after it (FACTS 0.1).
func TestCreateConfigReadsBack(t *testing.T) {
	for _, body := range append([]string{`{"success":true}`, `{"config_id":"user"}`, `{"_id":"1","slug":"hubspot","config_id":"user"}`}, nothings...) {
		for says, look := range map[string]reply{
			"": answer(200, hubspotUser), "it could not be read back: HTTP 404": answer(404, configNotFound), "it could not be read back: HTTP 403": answer(403, `{"message":"no"}`), "about another config": answer(200, strings.Replace(hubspotUser, `"user"`, `"emea"`, 1)),
		} {
			synctest.Test(t, func(t *testing.T) {
				net := newNetwork(t, answer(200, body), answer(200, body), answer(200, body), look)
				if json.Valid([]byte(body)) {
					net = newNetwork(t, answer(200, body), look)
				}
				config, err := newClient(t, net).CreateConfig(t.Context(), userKey())
				if last := net.requests()[len(net.requests())-1]; last.Method != "GET" || last.URI != configOfUser {
					t.Errorf("%s: the last request is %s %s", body, last.Method, last.URI)
				}
				if says != "" {
					isUnproven(t, body, err, says)
				} else if err != nil || config.ConfigID != "user" {
					t.Errorf("%s: %+v, %v", body, config, err)
				}
			})
		}
	}
}

func TestChangedField(t *testing.T) {
	for body, isShown := range map[string]bool{`{"id":"f","value":1}`: true, `{"_id":"1","id":"f","name":"F"}`: true, `{"success":true}`: false, `ok`: false, `{"id":"g","success":true}`: false} {
		for _, change := range []func(*refold.Client) (*refold.ConfigField, error){
			func(c *refold.Client) (*refold.ConfigField, error) {
				return c.SetConfigField(t.Context(), userKey(), "f", 1, nil)
			},
			func(c *refold.Client) (*refold.ConfigField, error) {
				return c.ClearConfigField(t.Context(), userKey(), "f", nil)
			},
		} {
			field, err := change(newClient(t, newNetwork(t, answer(200, body))))
			if err != nil || isShown != (field != nil) || isShown && field.ID != "f" {
				t.Errorf("%s: %+v, %v", body, field, err)
			}
		}
	}
	for _, body := range append([]string{`{"id":"g"}`, `{"id":"F","value":1}`, `{"fields":[{"id":"f"}]}`}, nothings...) {
		_, err := newClient(t, newNetwork(t, answer(200, body))).SetConfigField(t.Context(), userKey(), "f", 1, nil)
		isUnproven(t, body, err, "the answer shows neither the field nor that it was changed")
	}
	for _, body := range []string{`{"success":false}`, `{"error":"no"}`, `{"id":"f","error":"no"}`} {
		if field, err := newClient(t, newNetwork(t, answer(200, body))).SetConfigField(t.Context(), userKey(), "f", 1, nil); err == nil || field != nil {
			t.Errorf("%s: %+v", body, field)
		}
	}
}

// TestToggledWorkflow: what the answer shows counts more than that it says that it is done
// (FACTS 4.36).
func TestToggledWorkflow(t *testing.T) {
	const notAsAsked, notShown = "after it, Refold shows the workflow with enabled = false", "the answer does not show the workflow"
	for body, says := range map[string]string{
		`{"workflows":[{"id":"v","enabled":false},{"id":"w","enabled":true,"data_slots":[]}]}`: "",
		`{"workflows":[{"id":"w","enabled":"true"}]}`:                                          "",
		`{"success":true}`: "", `ok`: "", `{"success":true,"workflows":[{"id":"v","enabled":true}]}`: "",
		`{"workflows":[{"id":"w","enabled":false}]}`:                notAsAsked,
		`{"success":true,"workflows":[{"id":"w","enabled":false}]}`: notAsAsked,
		`{"workflows":[{"id":"v","enabled":true}]}`:                 notShown,
		`{"workflows":[{"id":"w"}]}`:                                notShown,
		`{"workflows":[]}`:                                          notShown,
		`{"workflows":{"w":true}}`:                                  notShown,
		``:                                                          notShown, `null`: notShown, `{}`: notShown, `[]`: notShown, `It works!`: notShown,
	} {
		net := newNetwork(t, answer(200, body))
		err := newClient(t, net).ToggleWorkflow(t.Context(), userKey(), "w", true)
		expect(t, net.methods(), "PATCH")
		if says != "" {
			isUnproven(t, body, err, says)
		} else if err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestToggleByAnotherMethod: only where a server does not know the path (FACTS 2.7).
func TestToggleByAnotherMethod(t *testing.T) {
	const shown = `{"workflows":[{"id":"w","enabled":true}]}`
	for name, test := range map[string]struct {
		first    reply
		requests string
		isDone   bool
	}{
		"unknown to Express":   {answer(404, `<pre>Cannot PATCH /api</pre>`), "PATCH PUT", true},
		"not allowed":          {answer(405, ``), "PATCH PUT", true},
		"not allowed by nginx": {answer(405, `<html><title>405 Not Allowed</title>`), "PATCH PUT", true},
		"no such config":       {answer(404, configNotFound), "PATCH", false},
		"no such workflow":     {answer(404, `{"error_code":"RESOURCE_NOT_FOUND","message":"Workflow with id w not found"}`), "PATCH", false},
		"not connected":        {answer(400, `{"message":"HubSpot is not connected"}`), "PATCH", false},
		"forbidden by a proxy": {answer(403, `<html>`), "PATCH", false},
		"without proof":        {answer(200, `{}`), "PATCH", false},
	} {
		net := newNetwork(t, test.first, answer(200, shown))
		err := newClient(t, net).ToggleWorkflow(t.Context(), userKey(), "w", true)
		if (err == nil) != test.isDone || net.methods() != test.requests {
			t.Errorf("%s: %v after %s", name, err, net.methods())
		}
		if requests := net.requests(); len(requests) == 2 && (requests[1].URI != requests[0].URI || requests[1].Body != requests[0].Body || selectedIn(requests[1].Header) != "user") {
			t.Errorf("%s: sent %+v", name, requests)
		}
	}
}

func TestDeleteConfigWithoutProof(t *testing.T) {
	for _, body := range nothings {
		for name, test := range map[string]struct {
			look reply
			says string
		}{
			"gone":                    {answer(404, configNotFound), ""},
			"still there":             {answer(200, hubspotUser), "it is still there"},
			"an account that went":    {answer(404, notFound("user")), ""},
			"an app that went":        {answer(404, appNotFound), ""},
			"not to be seen":          {answer(401, `{"message":"Invalid Credentials"}`), "it could not be looked at: HTTP 401"},
			"a header is lost":        {answer(404, lostHeader), "MISSING_REQUIRED_FIELD"},
			"nothing there too":       {answer(200, body), "it could not be looked at"},
			"another config's answer": {answer(200, strings.Replace(hubspotUser, `"user"`, `"emea"`, 1)), "about another config, emea"},
		} {
			synctest.Test(t, func(t *testing.T) {
				err := newClient(t, newNetwork(t, answer(200, body), test.look), withoutRetries).DeleteConfig(t.Context(), userKey(), nil)
				if test.says != "" {
					isUnproven(t, name+" "+body, err, test.says)
				} else if err != nil {
					t.Errorf("%s %s: %v", name, body, err)
				}
			})
		}
	}
}

// TestDeleteConfigSeenLate: a read may show for a while what is gone (FACTS 4.21).
func TestDeleteConfigSeenLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		net := newNetwork(t, answer(200, ``), answer(200, hubspotUser), answer(200, hubspotUser), answer(404, configNotFound))
		if err := newClient(t, net).DeleteConfig(t.Context(), userKey(), nil); err != nil || net.methods() != "DELETE GET GET GET" {
			t.Errorf("%v after %s", err, net.methods())
		}
	})
}

func TestRecheckOfADeletedConfig(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		errSet := errors.New("the customer has set a field")
		for name, test := range map[string]struct {
			first reply
			want  error
		}{
			"sent once": {answer(200, `{"message":"Installation Deleted Success"}`), nil}, "sent again": {answer(503, ""), errSet},
		} {
			net := newNetwork(t, test.first)
			err := newClient(t, net).DeleteConfig(t.Context(), userKey(), func(context.Context, bool) error { return errSet })
			if !errors.Is(err, test.want) || net.methods() != "DELETE" {
				t.Errorf("%s: %v after %s", name, err, net.methods())
			}
		}
	})
}

func TestConfigAfterWrite(t *testing.T) {
	before, written := strings.Replace(hubspotUser, `"value":1`, `"value":0`, 1), hubspotUser
	isBefore := func(shown *refold.Config) bool { return shown.Field("f").Value == json.Number("0") }
	for name, test := range map[string]struct {
		plays    []reply
		requests string
		took     time.Duration
		isFound  bool
	}{
		"at once":        {[]reply{answer(200, written)}, "GET", 0, true},
		"late":           {[]reply{answer(200, before), answer(200, before), answer(200, written)}, "GET GET GET", 1250 * time.Millisecond, true},
		"never":          {[]reply{answer(200, before)}, "GET GET GET GET", 3250 * time.Millisecond, false},
		"gone meanwhile": {[]reply{answer(200, before), answer(404, configNotFound)}, "GET GET", 250 * time.Millisecond, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				net, start := newNetwork(t, test.plays...), time.Now()
				config, err := newClient(t, net).ConfigAfterWrite(t.Context(), userKey(), isBefore)
				if isFound := err == nil && !isBefore(config); isFound != test.isFound || time.Since(start) != test.took {
					t.Errorf("%+v, %v in %s", config, err, time.Since(start))
				}
				expect(t, net.methods(), test.requests)
			})
		})
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		net := newNetwork(t, answer(200, before))
		if config, err := newClient(t, net).ConfigAfterWrite(ctx, userKey(), isBefore); err != nil || !isBefore(config) || net.methods() != "GET GET" {
			t.Errorf("stopped: %+v, %v after %s", config, err, net.methods())
		}
	})
}

func TestConfigIDs(t *testing.T) {
	const whole = `{"slug":"hubspot","config_id":"b","fields":[{"id":"f"}],"workflows":[]}`
	for body, want := range map[string][]string{
		`[]`: nil, `[{"_id":"1","config_id":"user"},{"_id":"2","config_id":"a/b"}]`: {"user", "a/b"}, `[` + whole + `,{"config_id":7}]`: {"b", "7"},
		`[{"config_id":"o","tenant_config":true},{"config_id":"user","tenant_config":false},{"tenant_config":"true"}]`: {"user"},
	} {
		ids, err := newClient(t, newNetwork(t, answer(200, body))).ConfigIDs(t.Context(), "user", "hubspot")
		if err != nil || !slices.Equal(ids, want) {
			t.Errorf("%s: %q, %v", body, ids, err)
		}
	}
	for body, says := range map[string]string{
		``: emptyAnswer, `null`: "not a list of configs in JSON", `{"docs":[]}`: "not a list of configs in JSON", `["user"]`: "not a list of configs in JSON", `[{"_id":"1"}]`: "one without a config_id", `[null]`: "one without a config_id",
	} {
		ids, err := newClient(t, newNetwork(t, answer(200, body)), withoutRetries).ConfigIDs(t.Context(), "user", "hubspot")
		if err == nil || ids != nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %q, %v", body, ids, err)
		}
	}
}

// configServer has the account x, which has connected HubSpot.
func configServer(t *testing.T, id string, behaviour mockapi.Behaviour) *listServer {
	server := newListServer(t, 0, behaviour)
	server.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: id})
	server.Connect(mockapi.EnvironmentTest, id, mockapi.Integration{Type: "hubspot", Name: "HubSpot"})
	return server
}

// TestConfigAtAnyServer lives the life of a config, whatever is answered, shown and known.
func TestConfigAtAnyServer(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	const syncContacts = "6a313eda6d5528bdcf71eb01"
	for name, rules := range map[string]mockapi.ConfigBehaviour{
		"current":                      {},
		"short answers":                {AnswerSuccess: true},
		"lists of whole configs":       {ListWhole: true},
		"a config of the tenant":       {TenantConfig: true, ListWhole: true},
		"all values":                   {Values: mockapi.ShownValuesAll},
		"values beyond the default":    {Values: mockapi.ShownValuesOwn},
		"options all the same":         {IgnoreDisabledOptions: true},
		"errors in texts":              {ErrorTexts: true},
		"configs of what is connected": {ConnectedOnly: true},
		"deletions of 2023":            {DeleteRefusalsAs400: true},
		"toggles by PUT":               {ToggleByPut: true},
		"unknown toggles ignored":      {ToggleUnknownIgnored: true},
		"nobody's configs":             {UnknownAccountAsNone: true},
	} {
		for lagName, lag := range map[string]int{"": 0, ", seen late": 2} {
			t.Run(name+lagName, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					const accountID = "a/b %c"
					server := configServer(t, accountID, mockapi.Behaviour{Config: rules, ReadLag: lag})
					client, key := server.client(), refold.ConfigKey{AccountID: accountID, Slug: "hubspot", ConfigID: "emea/1"}
					isMissing := func(*refold.Config) bool { return false }
					if _, err := client.Config(t.Context(), key, false); refold.KindOf(err) != refold.NotFound {
						t.Errorf("before: %v", err)
					}
					for range 2 {
						config, err := client.CreateConfig(t.Context(), key)
						if err != nil || config.ConfigID != key.ConfigID || config.Field("sync_interval").IsSet() || config.Field("sync_interval").Effective() != json.Number("60") || config.Workflow(syncContacts).Enabled {
							t.Fatalf("%+v, %v", config, err)
						}
						if config.Field("lifecycle_stages").Options != nil != rules.IgnoreDisabledOptions {
							t.Errorf("options: %s", config.Field("lifecycle_stages").Options)
						}
					}
					if _, err := client.SetConfigField(t.Context(), key, "sync_interval", json.Number("1152921504606846976"), nil); err != nil {
						t.Fatal(err)
					}
					if _, err := client.SetConfigField(t.Context(), key, "nope", 1, nil); refold.KindOf(err) != refold.FieldNotFound {
						t.Errorf("unknown field: %v", err)
					}
					if err := client.ToggleWorkflow(t.Context(), key, syncContacts, true); err != nil {
						t.Fatal(err)
					}
					if err := client.ToggleWorkflow(t.Context(), key, "nope", true); (err == nil) != (rules.AnswerSuccess && rules.ToggleUnknownIgnored) {
						t.Errorf("unknown workflow: %v", err)
					}
					written, err := client.ConfigAfterWrite(t.Context(), key, func(shown *refold.Config) bool {
						return !shown.Workflow(syncContacts).Enabled || !shown.Field("sync_interval").IsSet()
					})
					if err != nil || written.Field("sync_interval").Value != json.Number("1152921504606846976") || !written.Workflow(syncContacts).Enabled {
						t.Fatalf("%+v, %v", written, err)
					}
					stored, _ := server.Config(mockapi.EnvironmentTest, accountID, "hubspot", key.ConfigID)
					stored.Errors = []string{"Bad date"}
					server.SetConfig(mockapi.EnvironmentTest, accountID, stored)
					if config, err := client.Config(t.Context(), key, true); err != nil || !slices.Equal(config.FieldErrors, []string{"Bad date"}) || config.Field("lifecycle_stages").Options == nil {
						t.Errorf("%+v, %v", config, err)
					}
					if ids, err := client.ConfigIDs(t.Context(), accountID, "hubspot"); err != nil || !slices.Equal(ids, []string{key.ConfigID}) {
						t.Errorf("ids %q, %v", ids, err)
					}
					if _, err := client.ClearConfigField(t.Context(), key, "sync_interval", nil); err != nil {
						t.Fatal(err)
					}
					cleared, err := client.ConfigAfterWrite(t.Context(), key, func(shown *refold.Config) bool { return shown.Field("sync_interval").IsSet() })
					if err != nil || cleared.Field("sync_interval").IsSet() || cleared.Field("sync_interval").Effective() != json.Number("60") {
						t.Errorf("%+v, %v", cleared, err)
					}
					if err := client.DeleteConfig(t.Context(), key, nil); err != nil || len(server.Configs(mockapi.EnvironmentTest, accountID)) != 0 {
						t.Fatal(err)
					}
					if err := client.DeleteConfig(t.Context(), key, nil); refold.KindOf(err) != refold.NotFound {
						t.Errorf("once more: %v", err)
					}
					for range lag {
						if _, err := client.ConfigAfterWrite(t.Context(), key, isMissing); err != nil {
							t.Errorf("a read that is late: %v", err)
						}
					}
					if _, err := client.Config(t.Context(), key, false); refold.KindOf(err) != refold.NotFound {
						t.Errorf("after: %v", err)
					}
				})
			})
		}
	}
}

// Only current servers say what is missing where a config is to be deleted; to delete nobody's is
// none the less never done (FACTS 2.7).
func TestDeletionsOfWhatIsNotThere(t *testing.T) {
	for name, test := range map[string]struct {
		rules                mockapi.ConfigBehaviour
		config, app, account refold.Kind
	}{
		"current":          {mockapi.ConfigBehaviour{}, refold.NotFound, refold.ApplicationNotFound, refold.AccountNotFound},
		"of 2023":          {mockapi.ConfigBehaviour{DeleteRefusalsAs400: true}, refold.NotFound, refold.NotFound, refold.NotFound},
		"nobody's configs": {mockapi.ConfigBehaviour{UnknownAccountAsNone: true}, refold.NotFound, refold.ApplicationNotFound, refold.NotFound},
	} {
		client := configServer(t, "x", mockapi.Behaviour{Config: test.rules}).client()
		for key, want := range map[refold.ConfigKey]refold.Kind{
			{AccountID: "x", Slug: "hubspot", ConfigID: "x"}:      test.config,
			{AccountID: "x", Slug: "nope", ConfigID: "x"}:         test.app,
			{AccountID: "nobody", Slug: "hubspot", ConfigID: "x"}: test.account,
		} {
			if err := client.DeleteConfig(t.Context(), key, nil); refold.KindOf(err) != want {
				t.Errorf("%s, %+v: %v of kind %d, want %d", name, key, err, refold.KindOf(err), want)
			}
		}
		// A read never takes one for the other.
		if _, err := client.Config(t.Context(), refold.ConfigKey{AccountID: "x", Slug: "nope", ConfigID: "x"}, false); refold.KindOf(err) != refold.ApplicationNotFound {
			t.Errorf("%s, read: %v", name, err)
		}
	}
}

// TestLostAnswerToADeletion: the second attempt meets what the first one did, and servers of 2023
// say so in their own way.
func TestLostAnswerToADeletion(t *testing.T) {
	for _, rules := range []mockapi.ConfigBehaviour{{}, {DeleteRefusalsAs400: true}} {
		synctest.Test(t, func(t *testing.T) {
			server := configServer(t, "user", mockapi.Behaviour{Config: rules})
			server.SetConfig(mockapi.EnvironmentTest, "user", mockapi.Config{Slug: "hubspot"})
			server.Intercept(lostOnce(server.Server))
			err := server.client(func(o *refold.Options) { o.MaxRetries = 2 }).DeleteConfig(t.Context(), userKey(), func(context.Context, bool) error { return nil })
			if refold.KindOf(err) != refold.NotFound || !refold.MayHaveArrived(err) || len(server.Configs(mockapi.EnvironmentTest, "user")) != 0 {
				t.Errorf("%+v: %v", rules, err)
			}
		})
	}
}

// lostOnce carries out the first deletion, and answers with a fault.
func lostOnce(server *mockapi.Server) mockapi.Interceptor {
	isLost := false
	return func(w http.ResponseWriter, request *http.Request) bool {
		if request.Method != http.MethodDelete || isLost {
			return false
		}
		isLost = true
		server.RemoveConfig(mockapi.EnvironmentTest, "user", "hubspot", "")
		w.WriteHeader(http.StatusBadGateway)
		return true
	}
}
