// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
	"reflect"
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
