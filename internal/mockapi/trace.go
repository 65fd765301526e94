// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"fmt"
	"io"
	"net/http"
)

// String is method, path and status: no header, query or body, because those hold
// keys and credentials.
func (r Request) String() string { return fmt.Sprintf("%s %s -> %d", r.Method, r.Path, r.Status) }

// Trace writes a line to out for each request that next has answered, as
// [Request.String]. The status of a dropped connection is 0.
func Trace(next http.Handler, out io.Writer) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kept := &statusWriter{ResponseWriter: w}
		defer func() {
			// What is printed is for somebody who looks on, and no part of the answer.
			_, _ = fmt.Fprintln(out, Request{Method: r.Method, Path: r.URL.EscapedPath(), Status: kept.status})
		}()
		next.ServeHTTP(kept, r)
	})
}

// statusWriter keeps the status of an answer.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets a fault flush what it has sent before it drops the connection.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
