// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"reflect"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/route"
)

// endpoint is one method of one path, as the patterns of [route.Table] are, with
// its way to authenticate (FACTS 2.0).
type endpoint struct {
	method  string
	pattern string
	auth    authMode
	handle  func(*Server, *call) (answer, error)
}

// objects are those of Refold's API, as the switches have them: each exported method, in the file
// of the object's name, says which endpoints one of them has, and puts it into the mock by
// being there. All else about an object stands in that file too: its store (see [storeOf]),
// what its endpoints do, and the methods of Server that act on it behind the client's back.
type objects struct{ behaviour Behaviour }

// endpoints returns those of all objects.
func (b Behaviour) endpoints() *route.Table[endpoint] {
	table := &route.Table[endpoint]{Express: true}
	for _, object := range reflect.ValueOf(objects{b}).Methods() {
		for _, added := range object.Call(nil)[0].Interface().([]endpoint) {
			table.Add(added.method, added.pattern, added)
		}
	}
	return table
}
