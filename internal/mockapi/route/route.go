// SPDX-License-Identifier: MPL-2.0

// Package route finds what answers a request by its path as it came in. The routers of net/http and
// kin-openapi match decoded paths, or decode twice, and an id may hold "%2F".
package route

import (
	"cmp"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Table holds one endpoint for each method and pattern. A pattern is a path in
// which a segment in braces, "{id}", stands for any text that is not empty.
type Table[E any] struct {
	// Express matches as Refold's server does: other segments in any case, and
	// with one trailing slash or none. Otherwise both have to be as in the pattern.
	Express bool

	entries []entry[E]
}

type entry[E any] struct {
	method   string
	pattern  string
	segments []string
	endpoint E
}

// Add adds an endpoint. It panics when there is one for the method and pattern.
func (t *Table[E]) Add(method, pattern string, endpoint E) {
	added := entry[E]{method, pattern, strings.Split(pattern, "/"), endpoint}
	at, taken := slices.BinarySearchFunc(t.entries, added, order)
	if taken {
		panic(fmt.Sprintf("route: there are two endpoints for %s %s", method, pattern))
	}
	t.entries = slices.Insert(t.entries, at, added)
}

// order puts a fixed segment before a parameter, because "{" comes after all
// letters: the first entry that matches is the one that says most.
func order[E any](a, b entry[E]) int {
	return cmp.Or(slices.Compare(a.segments, b.segments), strings.Compare(a.method, b.method))
}

// All returns all endpoints.
func (t *Table[E]) All() iter.Seq[E] {
	return func(yield func(E) bool) {
		for _, known := range t.entries {
			if !yield(known.endpoint) {
				return
			}
		}
	}
}

// Find returns the endpoint of an escaped path with its parameters, each decoded exactly once; they
// are nil when one cannot be decoded. ok is false when nothing matches.
func (t *Table[E]) Find(method, path string) (endpoint E, parameters map[string]string, ok bool) {
	if t.Express {
		path = strings.TrimSuffix(path, "/")
	}
	segments := strings.Split(path, "/")
	for _, candidate := range t.entries {
		if candidate.method == method && t.matches(candidate.segments, segments) {
			return candidate.endpoint, decode(candidate.segments, segments), true
		}
	}
	return endpoint, nil, false
}

func (t *Table[E]) matches(pattern, segments []string) bool {
	return slices.EqualFunc(pattern, segments, func(wanted, segment string) bool {
		if strings.HasPrefix(wanted, "{") {
			return segment != ""
		}
		return segment == wanted || t.Express && strings.EqualFold(segment, wanted)
	})
}

func decode(pattern, segments []string) map[string]string {
	parameters := map[string]string{}
	for i, segment := range segments {
		name, isParameter := strings.CutPrefix(pattern[i], "{")
		if !isParameter {
			continue
		}
		decoded, err := url.PathUnescape(segment)
		if err != nil || !utf8.ValidString(decoded) {
			return nil
		}
		parameters[strings.TrimSuffix(name, "}")] = decoded
	}
	return parameters
}

// Path returns the path of a request as it came in, also behind
// [http.StripPrefix]. url.URL keeps it in RawPath when it is not what Go's own
// encoding would give; EscapedPath would encode such a path anew.
func Path(r *http.Request) string {
	if r.URL.RawPath != "" {
		return r.URL.RawPath
	}
	return r.URL.EscapedPath()
}
