// SPDX-License-Identifier: MPL-2.0

package integration

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestRemoval(t *testing.T) {
	config := disconnection{LinkedAccountID: types.StringValue("a"), Slug: types.StringValue("slack"), AuthType: types.StringValue("oauth2")}
	if got := config.removal(); got != (removal{accountID: "a", slug: "slack", authType: "oauth2"}) {
		t.Errorf("removal %+v", got)
	}
	config.AuthType = types.StringNull()
	if got := config.removal(); got.authType != "" {
		t.Errorf("removal of all types: %+v", got)
	}
}

func TestJudge(t *testing.T) {
	slack, custom := refold.Integration{Type: "slack", Name: "Slack"}, refold.Integration{Type: "custom", AppID: "app_1"}
	other := refold.Integration{Type: "hubspot"}
	for name, test := range map[string]struct {
		slug          string
		before, after []refold.Integration
		summary       string
	}{
		"removed":                          {"slack", []refold.Integration{other, slack}, []refold.Integration{other}, ""},
		"removed as the last":              {"slack", []refold.Integration{slack}, nil, ""},
		"custom app by its id":             {"app_1", []refold.Integration{custom}, nil, ""},
		"still there":                      {"slack", []refold.Integration{slack}, []refold.Integration{slack}, "The app is still connected"},
		"there only afterwards":            {"slack", nil, []refold.Integration{other, slack}, "The app is still connected"},
		"never there":                      {"slack", []refold.Integration{other}, []refold.Integration{other}, "The app was not connected"},
		"nothing connected":                {"slack", nil, nil, "The app was not connected"},
		"custom app by what all have":      {"custom", []refold.Integration{custom}, []refold.Integration{custom}, "The app was not connected"},
		"another case of the same letters": {"Slack", []refold.Integration{slack}, []refold.Integration{slack}, "The app was not connected"},
	} {
		var summary string
		if warning := (removal{accountID: "a", slug: test.slug}).judge(shown{apps: test.before}, shown{apps: test.after}); warning != nil {
			summary = warning.Summary()
		}
		if summary != test.summary {
			t.Errorf("%s: %q, want %q", name, summary, test.summary)
		}
	}
}

// Answers without the apps say neither that one was connected nor that it was not.
func TestJudgeOfHiddenApps(t *testing.T) {
	slack := []refold.Integration{{Type: "slack", Name: "Slack"}}
	removal := removal{accountID: "a", slug: "slack"}
	if warning := removal.judge(shown{isHidden: true}, shown{isHidden: true}); warning == nil || warning.Summary() != "Whether the app was connected is not known" {
		t.Errorf("hidden before and after: %v", warning)
	}
	if warning := removal.judge(shown{apps: slack}, shown{isHidden: true}); warning != nil {
		t.Errorf("shown before, hidden after: %v", warning)
	}
}
