// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
	"reflect"
	"slices"
	"time"
)

// place is what an API key selects: one environment of one organization.
type place struct {
	organization string
	environment  string
}

func (k Key) place() place { return place{k.OrganizationID, k.Environment} }

// storeKey names what is kept of one object at one place.
type storeKey struct {
	object reflect.Type
	place  place
}

// storeOf returns what the server keeps at one place of the object that has T
// for its store. It begins as the zero value.
func storeOf[T any](s *Server, at place) *T {
	key := storeKey{reflect.TypeFor[T](), at}
	if kept, ok := s.stores[key].(*T); ok {
		return kept
	}
	made := new(T)
	s.stores[key] = made
	return made
}

// collection keeps objects of one kind, each under its id, in the order in which
// they came. The zero value is empty.
type collection[T any] struct {
	ids  []string
	byID map[string]*T
}

func (c *collection[T]) add(id string, one *T) {
	if c.byID == nil {
		c.byID = map[string]*T{}
	}
	c.byID[id] = one
	c.ids = append(c.ids, id)
}

func (c *collection[T]) remove(id string) {
	delete(c.byID, id)
	c.ids = slices.DeleteFunc(c.ids, func(known string) bool { return known == id })
}

// find returns nil when there is no such object.
func (c *collection[T]) find(id string) *T { return c.byID[id] }

// all returns the objects, oldest first.
func (c *collection[T]) all() []*T {
	found := make([]*T, 0, len(c.ids))
	for _, id := range c.ids {
		found = append(found, c.byID[id])
	}
	return found
}

func (s *Server) place(environment string) place {
	for _, key := range s.keys {
		if key.Value == environment {
			return key.place()
		}
	}
	for _, key := range s.keys {
		if key.Environment == environment {
			return key.place()
		}
	}
	panic(fmt.Sprintf("mockapi: no key selects the environment %q", environment))
}

// now returns the time of a write: UTC, in milliseconds, later than every write
// before, so that updatedAt always moves.
func (s *Server) now() time.Time {
	now := s.clock().UTC().Truncate(time.Millisecond)
	if !now.After(s.lastWrite) {
		now = s.lastWrite.Add(time.Millisecond)
	}
	s.lastWrite = now
	return now
}

// objectID returns a new id whose first 8 characters are the second of its
// creation, as in FACTS 1.7.
func (s *Server) objectID(now time.Time) string {
	s.sequence++
	const process uint64 = 0x8d3a91e4c7
	return fmt.Sprintf("%08x%010x%06x", uint32(now.Unix()), process, s.sequence&0xffffff)
}

func setDefault[T comparable](field *T, preset T) {
	var zero T
	if *field == zero {
		*field = preset
	}
}
