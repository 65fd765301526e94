// SPDX-License-Identifier: MPL-2.0

package question

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/live/site"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// ask asks a mock that has an account of others, and checks that it is left as it was, and that the
// pace was kept.
func ask(t *testing.T, behaviour mockapi.Behaviour, definitions ...mockapi.VariableDefinition) Report {
	t.Helper()
	const others = "acme"
	refold := mockapi.New(mockapi.WithBehaviour(behaviour))
	refold.LimitRate(mockapi.RateLimit{PerSecond: mockapi.PublishedPerSecond, Burst: mockapi.PublishedBurst})
	if definitions != nil {
		refold.SetVariableDefinitions(mockapi.EnvironmentTest, definitions...)
	}
	refold.Create(mockapi.EnvironmentTest, mockapi.Account{AccountID: others})
	refold.AddExecutions(mockapi.EnvironmentTest, others, mockapi.Execution{Slug: "hubspot"})
	before, _ := refold.Account(mockapi.EnvironmentTest, others)
	at, err := site.Open(t.Context(), site.Settings{
		BaseURL: "https://refold.test", APIKey: mockapi.TestKey, Network: acctest.InProcess(t, refold),
	})
	if err != nil {
		t.Fatal(err)
	}
	report, err := Ask(t.Context(), at)
	if err != nil {
		t.Error(err)
	}
	after, _ := refold.Account(mockapi.EnvironmentTest, others)
	if left := refold.Accounts(mockapi.EnvironmentTest); len(left) != 1 || !reflect.DeepEqual(before, after) {
		t.Errorf("%d accounts are left, and the one of others is %+v, was %+v", len(left), after, before)
	}
	if rejected := refold.Rejected(); rejected > 0 {
		t.Errorf("%d requests came too soon", rejected)
	}
	return report
}

// switches are what a report decides, by name.
func (r Report) switches() map[string]string {
	all := map[string]string{}
	for _, answer := range r.Answers {
		for _, one := range answer.Switches {
			all[one.Name] = one.Value
		}
	}
	return all
}

// different has every switch on that can be, and lesser those values that exclude others.
func different() mockapi.Behaviour {
	return mockapi.Behaviour{
		Account: mockapi.AccountBehaviour{
			CreateAdopts: true, IDsIgnoreCase: true, IDsVisibleASCII: true, EmptyName: mockapi.EmptyNameIgnored,
			GetNotFoundAs500: true, DeleteNotFoundAs500: true, RefuseSessionToken: true,
		},
		UDF:         mockapi.UDFBehaviour{Merge: true, Null: mockapi.UDFNullIgnored, OmittedClears: true, Values: mockapi.UDFValuesStringified, RoundNumbers: true},
		List:        mockapi.ListBehaviour{MaxLimit: 50, IgnoreSearch: true, FourFields: true},
		Document:    mockapi.DocumentBehaviour{UnsetName: mockapi.UnsetNameNull, NoIntegrations: mockapi.NoIntegrationsNull, Scope: mockapi.ScopeStored},
		Credential:  mockapi.CredentialBehaviour{Replace: true, Duplicates: mockapi.DuplicatesAllowed, AcceptEmptyApp: true},
		Application: mockapi.ApplicationBehaviour{AccountRequired: true},
		Config:      mockapi.ConfigBehaviour{ConnectedOnly: true},
		Variable: mockapi.VariableBehaviour{
			DefinitionMaxLimit: 20, DefinitionsOmitEncrypted: true, MaxLimit: 30, HideTarget: true, ListWantsAccount: true, IgnoreFilters: true,
			Unset: mockapi.UnsetValueNull, Encrypted: mockapi.EncryptedReadNull, OmitEncrypted: true, JSONNumbers: true, AnyFormat: true,
			UnknownTargetStored: true, UnknownAccountRefused: true, RedactAnswer: true, DeletionAccount: mockapi.DeletionAccountIgnored,
			UnknownValueAs400: true, KeepWithoutAccount: true,
		},
		Execution:    mockapi.ExecutionBehaviour{MaxLimit: 40, UnknownFilter: mockapi.UnknownFilterRefused, IgnoreAccount: true, UnknownAccountAsNone: true},
		SessionToken: mockapi.SessionTokenBehaviour{Refresh: mockapi.RefreshRevokesOld},
		ConnectURL:   mockapi.ConnectURLBehaviour{ByKey: true},
		ReadLag:      2,
	}
}

func lesser() mockapi.Behaviour {
	return mockapi.Behaviour{
		Account:      mockapi.AccountBehaviour{DuplicateAs409: true, EmptyName: mockapi.EmptyNameRejected},
		UDF:          mockapi.UDFBehaviour{Null: mockapi.UDFNullRemoves, EmptyIgnored: true, Values: mockapi.UDFValuesStringsOnly},
		Document:     mockapi.DocumentBehaviour{UnsetName: mockapi.UnsetNameEmpty, NoIntegrations: mockapi.NoIntegrationsAbsent, Scope: mockapi.ScopeIgnored},
		Credential:   mockapi.CredentialBehaviour{Duplicates: mockapi.DuplicatesStored},
		Variable:     mockapi.VariableBehaviour{Unset: mockapi.UnsetValueAbsent, Encrypted: mockapi.EncryptedReadCiphertext, DeletionAccount: mockapi.DeletionAccountDemanded},
		SessionToken: mockapi.SessionTokenBehaviour{Refresh: mockapi.RefreshIgnored},
	}
}

// A mock is found out: its switches, exactly, but those that cannot be told beside others.
func TestSwitchesAreFound(t *testing.T) {
	t.Parallel()
	// Only a refusal shows without executions.
	const unknownFilter = "Execution.UnknownFilter"
	tests := map[string]struct {
		behaviour mockapi.Behaviour
		undecided []string
	}{
		"hosted":      {mockapi.HostedToday(), []string{unknownFilter}},
		"self-hosted": {mockapi.SelfHosted2025(), []string{unknownFilter, "Account.IDsVisibleASCII"}},
		"with app_id": {
			mockapi.Behaviour{Credential: mockapi.CredentialBehaviour{RequireAppID: true}},
			[]string{unknownFilter, "Credential.AcceptEmptyApp", "Credential.Duplicates", "Credential.Replace"},
		},
		"different": {different(), []string{"Account.DuplicateAs409", "UDF.EmptyIgnored"}},
		"lesser":    {lesser(), []string{unknownFilter, "UDF.RoundNumbers"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				report, want := ask(t, test.behaviour), map[string]string{}
				walk(reflect.ValueOf(&test.behaviour).Elem(), "", func(name string, value reflect.Value) {
					if slices.Contains(decidable(), name) && !slices.Contains(test.undecided, name) {
						want[name] = inGo(value)
					}
				})
				for name, value := range report.switches() {
					if want[name] != value {
						t.Errorf("%s is found to be %s, want %q", name, value, want[name])
					}
					delete(want, name)
				}
				if len(want) > 0 {
					t.Errorf("not found: %v", want)
				}
			})
		})
	}
}

// What takes a definition of a variable says which one to make, where the environment has none.
func TestMissingDefinitions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		report := ask(t, mockapi.Behaviour{}, mockapi.VariableDefinition{ID: mockapi.RegionVariableID, Name: "REGION", Scope: mockapi.ScopeWorkspace, Format: mockapi.FormatString})
		for _, answer := range report.Answers {
			if answer.Number == "4.45" && !strings.Contains(strings.Join(answer.Open, "\n"), "of the format string that is encrypted; make one in the dashboard") {
				t.Errorf("without definitions: %q", answer.Open)
			}
		}
	})
}

// A question that fails stays open, and says what Refold answered, without secrets.
func TestFailureStaysOpen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		refold := mockapi.New()
		refold.Intercept(acctest.Instead("POST", "/session-token", acctest.Answering(500, `{"message":"no token for `+mockapi.TestKey+`"}`)))
		at, err := site.Open(t.Context(), site.Settings{BaseURL: "https://refold.test", APIKey: mockapi.TestKey, Network: acctest.InProcess(t, refold)})
		if err != nil {
			t.Fatal(err)
		}
		report, err := Ask(t.Context(), at)
		if err != nil {
			t.Error(err)
		}
		var printed strings.Builder
		if err := report.Print(&printed); err != nil {
			t.Fatal(err)
		}
		if _, isDecided := report.switches()["SessionToken.Refresh"]; isDecided || !strings.Contains(printed.String(), "Refold answered 500") {
			t.Errorf("the report is\n%s", &printed)
		}
		if acctest.HoldsSecret(printed.String(), mockapi.TestKey) {
			t.Errorf("the report holds the key:\n%s", &printed)
		}
	})
}

// What is printed can be pasted into Go.
func TestPrint(t *testing.T) {
	t.Parallel()
	report := Report{
		Answers: []Answer{
			{Number: "4.1", Switches: []Switch{{"UDF.Merge", "true"}, {"UDF.Null", "mockapi.UDFNullRemoves"}}},
			{Number: "4.20", Open: []string{"it is not asked"}},
		},
		Behaviour: mockapi.Behaviour{UDF: mockapi.UDFBehaviour{Merge: true, Null: mockapi.UDFNullRemoves}, ReadLag: 2},
	}
	var printed strings.Builder
	if err := report.Print(&printed); err != nil {
		t.Fatal(err)
	}
	const want = `FACTS.md 4.1
  UDF.Merge: true
  UDF.Null: mockapi.UDFNullRemoves
FACTS.md 4.20
  open: it is not asked

A mock that answers as this server does, where that was decided:

mockapi.Behaviour{
	UDF: mockapi.UDFBehaviour{
		Merge: true,
		Null:  mockapi.UDFNullRemoves,
	},
	ReadLag: 2,
}
`
	if printed.String() != want {
		t.Errorf("printed is\n%s\nwant\n%s", &printed, want)
	}
}

// Every open question of FACTS.md is asked, or says why it is not.
func TestEveryOpenQuestionIsHere(t *testing.T) {
	t.Parallel()
	facts, err := os.ReadFile("../../refold/FACTS.md")
	if err != nil {
		t.Fatal(err)
	}
	open := map[string]string{}
	for _, entry := range strings.Split(string(facts), "\n### ") {
		if number := regexp.MustCompile(`^4\.\d+`).FindString(entry); number != "" {
			open[number] = entry
		}
	}
	for _, one := range questions() {
		entry, isOpen := open[one.number]
		delete(open, one.number)
		switch {
		case !isOpen:
			t.Errorf("%s is asked twice, or is no open question", one.number)
		case (one.ask == nil) == (one.why == ""):
			t.Errorf("%s has to have a probe, or a reason why not", one.number)
		case strings.Contains(entry, "\nNo switch: ") != (one.why == nothingDepends):
			t.Errorf("%s says %q, and FACTS.md something else of its switch", one.number, one.why)
		}
	}
	for number := range open {
		t.Errorf("FACTS.md %s is new: add a probe to questions, or a reason why it cannot be asked", number)
	}
}

// The names of values are those of the mock, in its order.
func TestNamesOfValues(t *testing.T) {
	t.Parallel()
	declared := constants(t)
	walk(reflect.ValueOf(new(mockapi.Behaviour)).Elem(), "", func(name string, value reflect.Value) {
		of := value.Type()
		if known := names(of); known != nil && !slices.Equal(known, declared[of.Name()]) {
			t.Errorf("%s: the values are %q, want %q", name, known, declared[of.Name()])
		}
		if slices.Contains(decidable(), name) && of.PkgPath() != "" && names(of) == nil {
			t.Errorf("%s: its values have no names", name)
		}
	})
}

// constants are the constants of the mock by the type of the first in each block.
func constants(t *testing.T) map[string][]string {
	t.Helper()
	paths, err := filepath.Glob("../../mockapi/*.go")
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string][]string{}
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			block, isBlock := declaration.(*ast.GenDecl)
			if !isBlock || block.Tok != token.CONST {
				continue
			}
			first, isTyped := block.Specs[0].(*ast.ValueSpec).Type.(*ast.Ident)
			if !isTyped {
				continue
			}
			for _, spec := range block.Specs {
				declared[first.Name] = append(declared[first.Name], spec.(*ast.ValueSpec).Names[0].Name)
			}
		}
	}
	return declared
}
