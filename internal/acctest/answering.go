// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// Answering gives the same answer to every request; headers are pairs of name and value.
func Answering(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for pair := range slices.Chunk(headers, 2) {
			w.Header().Set(pair[0], pair[1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // a client that went away is not the server's business
	}
}

// Instead answers the requests of a method whose path ends so, in Refold's place.
func Instead(method, ending string, answer http.HandlerFunc) mockapi.Interceptor {
	return func(w http.ResponseWriter, r *http.Request) bool {
		isMeant := r.Method == method && strings.HasSuffix(r.URL.Path, ending)
		if isMeant {
			answer(w, r)
		}
		return isMeant
	}
}
