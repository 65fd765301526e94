// SPDX-License-Identifier: MPL-2.0

package diagnosticspage

import (
	"maps"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Resource is one that Refold creates by a POST, changes by a PUT, and gives an id.
type Resource struct {
	// Type is its name ("refold_webhook"), and Noun Refold's word for it ("webhook").
	Type, Noun string
	// Config is a configuration, and Changed another one of the same object.
	Config, Changed acctest.Attributes
	// Remove removes all of them behind Terraform's back.
	Remove func(*mockapi.Server)
	// UnknownID could be one's id, and NoID could not.
	UnknownID, NoID string
}

// Situations are those in which users meet the errors and warnings of any such resource. What
// else an object says comes beside them.
func (r Resource) Situations() []Situation {
	refusing := acctest.Answering(http.StatusForbidden, `{"error":"FORBIDDEN","message":"no"}`)
	lost := acctest.Answering(http.StatusBadGateway, "")
	return []Situation{
		{Name: "A create whose answer is lost", Meet: r.failing(http.MethodPost, lost, (*life).create), Mended: r.importingMade},
		{Name: "A read that Refold refuses", Meet: r.failing(http.MethodGet, refusing, (*life).read), Mended: r.allowed((*life).read)},
		{Name: "An update that Refold refuses", Meet: r.failing(http.MethodPut, refusing, (*life).update), Mended: r.allowed((*life).update)},
		{Name: "A deletion that Refold refuses", Meet: r.failing(http.MethodDelete, refusing, (*life).remove), Mended: r.allowed((*life).remove)},
		{Name: "A block that is removed, under PREVENT", Meet: r.givenUpUnder("PREVENT"), Mended: r.givenUpUnder("PREVENT", "DELETE")},
		{Name: "A block that is removed, under ABANDON", Meet: r.givenUpUnder("ABANDON"), Mended: r.givenUpUnder("ABANDON", "DELETE")},
		{Name: "A " + r.Noun + " that is gone", Meet: Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
			object := &life{Resource: r, provider: provider}
			object.create()
			r.Remove(api)
			return object.read()
		}), Mended: func(t *testing.T) acctest.Diagnostics {
			api := NewRefold()
			object := &life{Resource: r, provider: At(t, api)}
			object.create()
			r.Remove(api)
			object.provider, object.instance = At(t, api), nil
			return object.create()
		}},
		{Name: "An import of an unknown " + r.Noun, Meet: r.importing(r.UnknownID), Mended: r.importingMade},
		{Name: "An import by no id of Refold's", Meet: r.importing(r.NoID), Mended: r.importingMade},
	}
}

// importingMade imports one that is there, by its own id.
func (r Resource) importingMade(t *testing.T) acctest.Diagnostics {
	api := NewRefold()
	object := &life{Resource: r, provider: At(t, api)}
	object.create()
	var id string
	if err := object.instance.Attribute(t, "id").As(&id); err != nil {
		t.Fatal(err)
	}
	_, met := At(t, api).Import(r.Type, id)
	return met
}

// allowed does one step that Refold does not refuse any more.
func (r Resource) allowed(step func(*life) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
	return Meeting(func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		object := &life{Resource: r, provider: provider}
		object.create()
		return step(object)
	})
}

func (r Resource) importing(id string) func(*testing.T) acctest.Diagnostics {
	return Meeting(func(_ *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		_, met := provider.Import(r.Type, id)
		return met
	})
}

// givenUpUnder plans the deletion of an object to which deletion policies were applied, one after
// the other.
func (r Resource) givenUpUnder(policies ...string) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api, config := NewRefold(), maps.Clone(r.Config)
		object := &life{Resource: r}
		for _, policy := range policies {
			object.provider = At(t, api)
			config["deletion_policy"] = acctest.Text(policy)
			object.apply(config)
		}
		return At(t, api).Plan(r.Type, object.instance, tftypes.NewValue(object.instance.State.Type(), nil)).Diagnostics
	}
}

// failing does one step at a Refold that answers requests of a method so. A create comes before
// all others.
func (r Resource) failing(method string, answer http.HandlerFunc, step func(*life) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
	return Meeting(func(api *mockapi.Server, provider *acctest.Protocol) acctest.Diagnostics {
		object := &life{Resource: r, provider: provider}
		if method != http.MethodPost {
			object.create()
		}
		api.Intercept(acctest.Instead(method, "", answer))
		return step(object)
	})
}

// life is that of one object.
type life struct {
	Resource
	provider *acctest.Protocol
	instance *acctest.Instance
}

func (l *life) create() acctest.Diagnostics { return l.apply(l.Config) }

func (l *life) update() acctest.Diagnostics { return l.apply(l.Changed) }

func (l *life) apply(attributes acctest.Attributes) acctest.Diagnostics {
	applied, met := l.provider.Apply(l.Type, l.instance, l.provider.Config(l.Type, attributes))
	l.instance = &applied
	return met
}

func (l *life) read() acctest.Diagnostics {
	_, met := l.provider.Read(l.Type, *l.instance)
	return met
}

func (l *life) remove() acctest.Diagnostics {
	_, met := l.provider.Delete(l.Type, *l.instance)
	return met
}
