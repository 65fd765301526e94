// SPDX-License-Identifier: MPL-2.0

package battery_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/battery"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/careless"
	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	refoldprovider "github.com/gocobalt/terraform-provider-refold/internal/provider"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestMain(m *testing.M) { acctest.Main(m) }

type mistakes = careless.Mistakes

const secret = `canary "/+<3c7d`

// suite is the careless provider with its registrations.
func suite(made mistakes) battery.Suite {
	hook := hookResource()
	// The cases that find these are about ids which come from the configuration.
	hook.NaturalKey = made.RepeatsBlindly || made.MovesBlindly
	return battery.Suite{
		// Nothing redacts what it says in its place.
		Server: func(adjust ...func(*refold.Options)) tfprotov6.ProviderServer {
			return providerserver.NewProtocol6(careless.Provider(refoldprovider.New("test")(), made, adjust...))()
		},
		Object: battery.Object{
			Resources:   []battery.Resource{hook},
			DataSources: []battery.DataSource{hookDataSource()},
		},
	}
}

func hookResource() battery.Resource {
	return battery.Resource{
		Type:            careless.TypeName,
		World:           hookWorld,
		Config:          battery.Attributes{"name": "Acme", "sample": "{}", "secret_wo": secret, "secret_wo_version": "1"},
		Changed:         battery.Attributes{"name": "Acme Inc.", "sample": "[]", "secret_wo": secret, "secret_wo_version": "2"},
		Block:           `name = "Acme"` + "\n" + `sample = "{}"`,
		ChangedBlock:    `name = "Acme Inc."` + "\n" + `sample = "[]"`,
		FoundBy:         []string{"name"},
		NotReadBack:     []string{"sample", "secret_wo", "secret_wo_version"},
		UnknownImportID: "hook-0",
		WriteOnly:       []string{secret},
	}
}

func hookWorld(battery.T) battery.World {
	server := careless.NewServer()
	return battery.World{
		Handler: server,
		Count:   server.Count,
		Change:  func() { server.Rename("Changed") },
		PutIn: func() func() bool {
			server.Rename("Theirs")
			return func() bool { return server.Count() > 0 }
		},
		Remove:        server.Remove,
		MakeElsewhere: server.MakeElsewhere,
		ImportID:      server.ID,
	}
}

func hookDataSource() battery.DataSource {
	return battery.DataSource{
		Type: careless.TypeName,
		World: func(battery.T) battery.World {
			server := careless.NewServer()
			server.Make("Acme")
			return battery.World{Handler: server}
		},
		Config:  battery.Attributes{"id": "hook-1"},
		Shows:   battery.Attributes{"name": "Acme", "environment": "test"},
		Unknown: battery.Attributes{"id": "hook-0"},
		Invalid: []battery.Attributes{{"id": ""}},
	}
}

// An object without mistakes passes, also one without a natural key.
func TestCarefulObjectPasses(t *testing.T) {
	suite(mistakes{}).Run(battery.Subtests(t))
}

// finding is what a case says about a mistake.
type finding struct {
	mistakes mistakes
	by       string
	says     []string
}

// findings are, for each mistake, what finds it: a case by its name, with the
// object's before it where cases of several kinds have that name.
func findings() map[string]finding {
	return map[string]finding{
		"creates twice":                  {mistakes{CreatesTwice: true}, "create", []string{"after create, 2 objects are at Refold, want 1"}},
		"keeps a failed create":          {mistakes{KeepsFailedCreate: true}, "create that is refused leaves no state", []string{"leaves a state, which Terraform would taint"}},
		"reads another name":             {mistakes{ShoutsNames: true}, "empty plan", []string{"the plan after create is not empty"}},
		"replaces":                       {mistakes{ReplacesOnRename: true}, "update", []string{"an update in place is planned as a replacement"}},
		"sees no drift":                  {mistakes{ReadsNothing: true}, "drift", []string{"a change behind Terraform's back is not planned to be repaired"}},
		"sees no disappearance":          {mistakes{ReadsNothing: true}, "disappearance", []string{"what was removed behind Terraform's back stays in the state"}},
		"loses silently":                 {mistakes{LosesSilently: true}, "disappearance", []string{"a read of what was removed is done without a word"}},
		"blames others":                  {mistakes{BlamesOthers: true}, "disappearance", []string{`does not say "outside Terraform, or by a run that was stopped"`}},
		"forgets the identity":           {mistakes{ForgetsIdentity: true}, "CLI that stores no identity", []string{"read failed", "Missing Resource Identity After Read"}},
		"forgets it in an update":        {mistakes{ForgetsIdentityInUpdate: true}, "CLI that stores no identity", []string{"an update without a stored identity failed", "Missing Resource Identity After Update"}},
		"sees nothing go":                {mistakes{ReadsNothing: true}, "CLI that stores no identity", []string{"stays in the state when no identity is stored"}},
		"deletes nothing":                {mistakes{DeletesNothing: true}, "delete", []string{"after delete, 1 objects are at Refold, want 0"}},
		"fails to delete what is gone":   {mistakes{FailsToDeleteGone: true}, "delete of what is gone", []string{"the deletion of what is gone failed"}},
		"fails to delete a tainted one":  {mistakes{DeletesWhatItMade: true}, "delete of what is tainted", []string{"the deletion of what is tainted failed"}},
		"deletes without its memory":     {mistakes{GoesOnUnread: true}, "damaged private state", []string{"a deletion with a damaged made_here wrote: DELETE"}},
		"plans to delete under PREVENT":  {mistakes{PlansAnything: true}, "PREVENT in the plan", []string{"the plan of a deletion under PREVENT is no error", "the plan of a replacement under PREVENT is no error", "comes with the end of PREVENT is no error"}},
		"deletes under PREVENT":          {mistakes{DeletesAnything: true}, "PREVENT in the deletion", []string{"a deletion under PREVENT is no error", "a deletion under PREVENT sent 2 requests", "a deletion under PREVENT changes the state"}},
		"deletes under ABANDON":          {mistakes{DeletesAnything: true}, "ABANDON", []string{"a deletion under ABANDON, or its plan, sent 2 requests", "after a deletion under ABANDON, 0 objects are at Refold, want 1"}},
		"does not say what is let go":    {mistakes{PlansAnything: true}, "ABANDON", []string{"does not say that the object stays at Refold"}},
		"knows no policy by default":     {mistakes{IgnoresDefaultPolicy: true}, "policy of the provider", []string{"a deletion of an object, where the provider has PREVENT, is no error", "a deletion of a state of an older version, where the provider has PREVENT, is no error"}},
		"writes for a policy alone":      {mistakes{SendsPolicy: true}, "policy alone", []string{"a change of the policy alone sent 2 requests"}},
		"replaces under a new policy":    {mistakes{PlansAnything: true}, "policy with a replacement", []string{"a replacement together with another policy is no error"}},
		"replaces a tainted one so":      {mistakes{MovesBlindly: true}, "policy with a taint", []string{"the deletion of what is tainted, together with another policy, is no error"}},
		"cannot import":                  {mistakes{CannotImport: true}, "import by id", []string{"an import by id failed"}},
		"imports another name":           {mistakes{ShoutsNames: true}, "import by id", []string{"the plan after import is not empty"}},
		"ignores the identity":           {mistakes{IgnoresIdentity: true}, "import by identity", []string{"an import by identity failed"}},
		"imports anything":               {mistakes{ImportsAnything: true}, "import of something unknown", []string{"an import of something unknown is no error", "unknown by identity is no error"}},
		"moves blindly":                  {mistakes{MovesBlindly: true}, "two addresses", []string{"a plan with an object that is kept and imported is no error", "a plan with an object that is deleted and imported is no error", "a plan with an object that is created twice, in different words is no error"}},
		"sees double":                    {mistakes{SeesDouble: true}, "planned again", []string{"a plan that is made twice failed"}},
		"sees double in one process":     {mistakes{SeesDouble: true}, "one process for everything", []string{"failed"}},
		"takes a swapped key for gone":   {mistakes{TakesSwappedKeyForGone: true}, "swapped key on read", []string{"a read with the key of another environment, where the object is unknown, is no error", "changes the state"}},
		"trusts what is found":           {mistakes{TrustsWhatIsFound: true}, "swapped key on read", []string{"where there is one of the same id, is no error"}},
		"updates with a swapped key":     {mistakes{TakesSwappedKeyForGone: true}, "swapped key on update", []string{`does not name "API key"`, "where the object is unknown, wrote: PUT"}},
		"deletes with a swapped key":     {mistakes{TakesSwappedKeyForGone: true}, "swapped key on delete", []string{"where the object is unknown, is no error", "wrote: DELETE", "changes the state"}},
		"ignores the guard":              {mistakes{IgnoresGuard: true}, "resource refold_careless/environment guard", []string{"a create in another environment than the guarded one is no error", "a create in another environment than the guarded one wrote: POST", "an update in another", "a deletion in another"}},
		"needs a key to plan":            {mistakes{NeedsKeyToPlan: true}, "resource refold_careless/unknown key", []string{"a plan fails while the key is not known yet"}},
		"needs an answer to plan":        {mistakes{NeedsAnswerToPlan: true}, "plan without an answer", []string{"a plan of a creation fails where Refold has a bad day", "a plan of a deletion fails where Refold refuses the key"}},
		"reads without a key":            {mistakes{GuessesWithoutKey: true}, "resource refold_careless/unknown key", []string{"a read while the key is not known yet is no error"}},
		"repeats its POST":               {mistakes{RepeatsPost: true}, "one lost answer of create", []string{"a create whose answer was lost was repeated, and every repetition makes another object, or is refused: 2 requests"}},
		"repeats its POST again":         {mistakes{RepeatsPost: true}, "lost answers of create", []string{"or is refused: 3 requests"}},
		"does not say how to import":     {mistakes{HidesImport: true}, "lost answers of create", []string{`the error of a create whose answer was lost does not name "import"`, `does not name "name"`}},
		"drops the state":                {mistakes{DropsStateOnFailure: true}, "lost answers of update", []string{"an update whose answer was lost has lost the state"}},
		"trusts failed updates":          {mistakes{TrustsFailedUpdates: true}, "update that is taken back", []string{"is taken back by an empty plan"}},
		"never ends to delete":           {mistakes{FailsToDeleteGone: true}, "lost answers of delete", []string{"the next deletion after one whose answer was lost failed"}},
		"updates blindly":                {mistakes{RepeatsBlindly: true}, "writes that are repeated", []string{"an update is sent again without a look before: /hooks/hook-1"}},
		"deletes blindly":                {mistakes{RepeatsBlindly: true}, "deletion that is repeated", []string{"a deletion is sent again without a look before: /hooks/hook-1"}},
		"deletes as it was planned":      {mistakes{RepeatsBlindly: true}, "what is put in after a plan", []string{"a deletion that was planned before deletes what the customer has put in since", "is no error", "leaves no state"}},
		"deletes what it left open":      {mistakes{RepeatsBlindly: true}, "what is put in after an open update", []string{"a deletion after an update that was left open deletes what the customer has put in since"}},
		"deletes what came between":      {mistakes{RepeatsBlindly: true}, "what is put in between attempts", []string{"a deletion whose first attempt failed deletes what the customer has put in since"}},
		"creates without proof":          {mistakes{TakesAnyAnswer: true}, "create without proof", []string{"a create that is answered with 200 and ``", "a create that is answered with 200 and `{\"errors\":", "is no error", "leaves a state, which Terraform would taint"}},
		"reads without proof":            {mistakes{TakesAnyAnswer: true, TakesSwappedKeyForGone: true}, "read without proof", []string{"a read that is answered with 200 and `null`", "changes the state"}},
		"updates without proof":          {mistakes{TakesAnyAnswer: true}, "update without proof", []string{"an update that is answered with 200 and `{\"ok\":false}`"}},
		"deletes without proof":          {mistakes{TakesAnyAnswer: true}, "delete without proof", []string{"takes the object out of the state"}},
		"calls without proof":            {mistakes{TakesAnyAnswer: true}, "data source refold_careless/call without proof", []string{"a call that is answered with 200 and `{\"status\":\"error\"", "is no error"}},
		"is cut off":                     {mistakes{CutsOffAtStop: true}, "stop in the middle", []string{"a create that was under way at the stop is lost"}},
		"goes on":                        {mistakes{GoesOnAfterStop: true}, "stop in the middle", []string{"1 writes began after the stop"}},
		"tells secrets":                  {mistakes{TellsSecrets: true}, "secrets nowhere", []string{`a diagnostic holds the secret "canary`, `the log holds the secret "canary`, `a URL holds the secret "canary`, `the state holds the secret "canary`, `the log holds the secret "tk`}},
		"quotes the key":                 {mistakes{QuotesReads: true}, "data source refold_careless/key in echoes", []string{"a diagnostic holds the secret"}},
		"quotes reads":                   {mistakes{QuotesReads: true}, "secrets in echoes", []string{`a diagnostic holds the secret "canary`}},
		"reads another name by CLI":      {mistakes{ShoutsNames: true}, "by CLI", []string{"Step 1/", "the refresh plan was not empty"}},
		"data source shows another name": {mistakes{ShoutsNames: true}, "read", []string{`name is tftypes.String<"ACME">, want tftypes.String<"Acme">`}},
		"shows what does not exist":      {mistakes{ShowsUnknown: true}, "unknown object", []string{"reading what does not exist is no error"}},
		"accepts anything":               {mistakes{AcceptsAnything: true}, "bad configuration", []string{"with a bad configuration Refold was asked"}},
		"hides a refused key":            {mistakes{HidesCause: true}, "refused key", []string{`does not name "API key"`}},
		"reads past the guard":           {mistakes{IgnoresGuard: true}, "data source refold_careless/environment guard", []string{"a call in another environment than the guarded one is no error"}},
		"guesses without a key":          {mistakes{GuessesWithoutKey: true}, "data source refold_careless/unknown key", []string{"a call while the key is not known yet is no error"}},
		"hides the cause":                {mistakes{HidesCause: true}, "server error", []string{`does not name "503"`}},
		"tells the key":                  {mistakes{TellsSecrets: true}, "key nowhere", []string{"a diagnostic holds the secret", "the log holds the secret"}},
	}
}

// Each mistake is found by the case that is there for it, which says what is wrong.
func TestMistakesAreFound(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	t.Parallel()
	for name, found := range findings() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			said := failuresOf(t, suite(found.mistakes), found.by)
			for _, text := range found.says {
				if !strings.Contains(said, text) {
					t.Errorf("the case does not say %q, but:\n%s", text, said)
				}
			}
		})
	}
}
