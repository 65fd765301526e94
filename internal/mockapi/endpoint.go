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

// object is one object of Refold's API: a field of Behaviour whose type, beside
// the object's switches, says which endpoints it has. All else about an object
// stands in the file of its name: its store (see [storeOf]), what its endpoints
// do, and the methods of Server that act on it behind the client's back.
type object interface {
	endpoints() []endpoint
}

// endpoints returns those of all fields that are objects.
func (b Behaviour) endpoints() *route.Table[endpoint] {
	table := &route.Table[endpoint]{Express: true}
	for _, field := range reflect.ValueOf(b).Fields() {
		one, isObject := field.Interface().(object)
		if !isObject {
			continue
		}
		for _, added := range one.endpoints() {
			table.Add(added.method, added.pattern, added)
		}
	}
	return table
}
