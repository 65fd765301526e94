// SPDX-License-Identifier: MPL-2.0

package battery

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
)

// wire is the way to a server. It keeps a log, and a case decides what becomes of
// the requests on it.
type wire struct {
	next http.Handler

	mutex     sync.Mutex
	log       []sent
	treatment treatment
}

// sent is a request that came in.
type sent struct {
	method, target string
	body           []byte
}

// treatment is what becomes of requests; most pass them on to next.
type treatment func(w http.ResponseWriter, r *http.Request, next http.Handler)

// ServeHTTP implements http.Handler.
func (w *wire) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		panic(http.ErrAbortHandler) // the client went away
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	w.mutex.Lock()
	w.log = append(w.log, sent{request.Method, request.URL.RequestURI(), body})
	treat := w.treatment
	w.mutex.Unlock()
	if treat == nil {
		w.next.ServeHTTP(writer, request)
		return
	}
	treat(writer, request, w.next)
}

// treat treats requests from now on; nil passes them on.
func (w *wire) treat(treatment treatment) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.treatment = treatment
}

// reset empties the log.
func (w *wire) reset() {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.log = nil
}

// requests is the log.
func (w *wire) requests() []sent {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return slices.Clone(w.log)
}

// writes are the logged requests that may change something.
func (w *wire) writes() []sent {
	return slices.DeleteFunc(w.requests(), func(one sent) bool { return one.method == http.MethodGet })
}

func isWrite(r *http.Request) bool { return r.Method != http.MethodGet }

// losing carries writes out and loses the answers to so many of them.
func losing(answers int) treatment {
	var mutex sync.Mutex
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		mutex.Lock()
		isLost := isWrite(r) && answers > 0
		if isLost {
			answers--
		}
		mutex.Unlock()
		if !isLost {
			next.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}
}

// failingOnce refuses the first of equal writes, as a server that has a bad day.
func failingOnce() treatment {
	var mutex sync.Mutex
	tried := map[string]bool{}
	return ofWrites(func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		mutex.Lock()
		isAgain := tried[r.Method+r.URL.RequestURI()]
		tried[r.Method+r.URL.RequestURI()] = true
		mutex.Unlock()
		if isAgain {
			next.ServeHTTP(w, r)
			return
		}
		failing(w, r, next)
	})
}

// always is more answers than a call waits for.
const always = 1 << 30

// refusingWrites refuses every write, and quotes what it was sent.
func refusingWrites(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if !isWrite(r) {
		next.ServeHTTP(w, r)
		return
	}
	body, _ := io.ReadAll(r.Body) // it was read before
	refuse(w, http.StatusBadRequest, "BAD_REQUEST", "refused: "+string(body)+" with key "+r.Header.Get("X-Api-Key"))
}

// ofWrites treats writes only.
func ofWrites(treat treatment) treatment {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if isWrite(r) {
			treat(w, r, next)
			return
		}
		next.ServeHTTP(w, r)
	}
}

// acceptingBriefly carries writes out and says no more than that, so that what they made has to be
// read back, and treats reads.
func acceptingBriefly(treat treatment) treatment {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if !isWrite(r) {
			treat(w, r, next)
			return
		}
		next.ServeHTTP(httptest.NewRecorder(), r)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"success":true}`) // a client that went away is not the server's business
	}
}

// refusingKey answers as Refold does to a key that it does not know (FACTS 1.6).
func refusingKey(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
	refuse(w, http.StatusUnauthorized, "UNAUTHORIZED", "Invalid Credentials")
}

// failing answers as a server that has a bad day.
func failing(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
	refuse(w, http.StatusServiceUnavailable, "SERVICE_UNAVAILABLE", "not now")
}

func refuse(w http.ResponseWriter, status int, kind, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{
		"status_code": status, "http_error_type": kind, "error": "SERVER_ERROR", "message": message,
	}) // a client that went away is not the server's business
}
