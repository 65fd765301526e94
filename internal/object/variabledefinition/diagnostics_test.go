// SPDX-License-Identifier: MPL-2.0

package variabledefinition_test

import (
	"net/http"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/diagnosticspage"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestDiagnostics(t *testing.T) {
	diagnosticspage.Test(t, diagnosticspage.Page{
		Chapters: []diagnosticspage.Chapter{
			{Title: "A definition", Situations: definitionSituations()},
			{Title: "Many definitions", Situations: definitionsSituations()},
		},
	})
}

// reading reads a data source of a Refold that acts before.
func reading(typeName string, values attributes, acts ...func(*mockapi.Server)) func(*testing.T) acctest.Diagnostics {
	return diagnosticspage.Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		for _, act := range acts {
			act(api)
		}
		_, met := provider.ReadDataSource(typeName, values)
		return met
	})
}

func answering(ending string, status int, body string) func(*mockapi.Server) {
	return func(api *mockapi.Server) {
		api.Intercept(acctest.Instead(http.MethodGet, ending, acctest.Answering(status, body)))
	}
}

func definitionSituations() []diagnosticspage.Situation {
	const unlisted = "6a1401de41e63efd08fb3eff"
	set := func(all ...mockapi.VariableDefinition) func(*mockapi.Server) {
		return func(api *mockapi.Server) { api.SetVariableDefinitions(test, all...) }
	}
	one := mockapi.VariableDefinition{ID: mockapi.RegionVariableID, Name: "REGION", Scope: mockapi.ScopeLinkedAccount, Format: mockapi.FormatString}
	other := one
	other.ID = unlisted
	region := reading(definitionType, byID(mockapi.RegionVariableID))
	both := byName("REGION", "linked_account")
	both["id"] = acctest.Text(mockapi.RegionVariableID)
	outside := diagnosticspage.Advice{Not: diagnosticspage.Outside}
	return []diagnosticspage.Situation{
		{Name: "A definition that is not named", Mended: region, Meet: reading(definitionType, attributes{"name": acctest.Text("REGION")})},
		{Name: "A definition that is named in both ways", Mended: region, Meet: reading(definitionType, both)},
		{Name: "A definition of an empty name", Mended: region, Meet: reading(definitionType, byName("", "linked_account"))},
		{Name: "An id that is none", Mended: region, Meet: reading(definitionType, byID(".."))},
		{Name: "An unknown id", Mended: reading(definitionType, byName("REGION", "linked_account")), Meet: reading(definitionType, byID(unlisted))},
		{Name: "An unknown name", Mended: reading(definitionType, byName("REGION", "linked_account")), Meet: reading(definitionType, byName("Region", "workspace"))},
		{Name: "A name among none", Advice: diagnosticspage.Advice{Not: "definitions are made in Refold's dashboard"}, Meet: reading(definitionType, byName("REGION", "linked_account"), set())},
		{Name: "A name that two definitions have", Mended: reading(definitionType, byID(unlisted), set(one, other)), Meet: reading(definitionType, byName("REGION", "linked_account"), set(one, other))},
		{Name: "A definition that Refold refuses", Advice: outside, Meet: reading(definitionType, byID(unlisted), answering("/"+unlisted, 403, `{"error_code":"FORBIDDEN","message":"no"}`))},
	}
}

func definitionsSituations() []diagnosticspage.Situation {
	outside := diagnosticspage.Advice{Not: diagnosticspage.Outside}
	all := reading(definitionsType, nil)
	return []diagnosticspage.Situation{
		{Name: "An empty filter", Mended: all, Meet: reading(definitionsType, attributes{"format": acctest.Text("")})},
		{Name: "Definitions that are no list", Advice: outside, Meet: reading(definitionsType, nil, answering("/definitions", 200, `{"data":[]}`))},
		{Name: "Definitions that are not answered", Advice: outside, Meet: reading(definitionsType, nil, answering("/definitions", 502, ``))},
	}
}
