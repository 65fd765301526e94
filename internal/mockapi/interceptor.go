// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"net/http"
	"sync/atomic"
)

// Interceptor may answer a request in Refold's place; handled false passes it
// on. The server holds no lock during the call, so it may call any method. What it
// writes is seen by the call for each later request, also where it cuts the
// connection, so that only requests at the same time need a lock of its own.
type Interceptor func(w http.ResponseWriter, r *http.Request) (handled bool)

// First does something before the first request of a method, and has answer answer that one; a nil
// answer leaves it to Refold.
func First(method string, do func(), answer http.HandlerFunc) Interceptor {
	var isDone atomic.Bool
	return func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != method || !isDone.CompareAndSwap(false, true) {
			return false
		}
		do()
		if answer == nil {
			return false
		}
		answer(w, r)
		return true
	}
}
