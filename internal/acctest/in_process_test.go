// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
)

// seen is what a client sees of one answer.
type seen struct {
	Status int
	Header http.Header
	Length int64
	Body   string
	// Err and BodyErr are the errors before and within the answer, by errorKind.
	Err, BodyErr string
}

// errorKind names what callers tell apart.
func errorKind(err error) string {
	for name, kind := range map[string]error{
		"unexpected EOF": io.ErrUnexpectedEOF, "canceled": context.Canceled, "deadline": context.DeadlineExceeded,
	} {
		if errors.Is(err, kind) {
			return name
		}
	}
	if errors.Is(err, io.EOF) {
		return "EOF"
	}
	if err != nil {
		return "other: " + err.Error()
	}
	return ""
}

// look sends one request and reads at most 256 KiB of the answer.
func look(t *testing.T, transport http.RoundTripper, base, body string) seen {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, base+"/a%2Fb/c%20d?q=%2F", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Sent", "value")
	answer, err := transport.RoundTrip(request)
	if err != nil {
		return seen{Err: errorKind(err)}
	}
	defer answer.Body.Close()
	read, err := io.ReadAll(io.LimitReader(answer.Body, 256<<10))
	got := seen{Status: answer.StatusCode, Header: answer.Header, Length: answer.ContentLength, Body: string(read), BodyErr: errorKind(err)}
	if got.Header.Get("Date") == "" {
		t.Error("an answer has no Date")
	}
	got.Header.Del("Date")
	return got
}

// bothWays compares what a client sees over a real connection and in process.
func bothWays(t *testing.T, handler http.HandlerFunc) seen {
	t.Helper()
	server := httptest.NewServer(handler)
	defer server.Close()
	over := look(t, &http.Transport{DisableKeepAlives: true, DisableCompression: true}, server.URL, "body")
	over.Header.Del("Connection") // a client that closes gets that back
	var within seen
	synctest.Test(t, func(t *testing.T) {
		within = look(t, acctest.InProcess(handler), "http://refold.test", "body")
	})
	if !reflect.DeepEqual(over, within) {
		t.Errorf("over a connection %+v\nin process        %+v", over, within)
	}
	return within
}

func TestInProcessAnswersAsAConnectionDoes(t *testing.T) {
	long := strings.Repeat("long ", 1000)
	write := func(w http.ResponseWriter, text string) {
		// The client may be gone, which is what some of these handlers wait for.
		_, _ = io.WriteString(w, text)
	}
	flush := func(w http.ResponseWriter) {
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Errorf("flush: %v", err)
		}
	}
	for _, test := range []struct {
		name    string
		handler http.HandlerFunc
		want    seen
	}{
		{"nothing", func(http.ResponseWriter, *http.Request) {}, seen{Status: 200}},
		{"status alone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(418) }, seen{Status: 418}},
		{"short", func(w http.ResponseWriter, _ *http.Request) { write(w, "<html>") }, seen{Status: 200, Length: 6, Body: "<html>"}},
		{"long", func(w http.ResponseWriter, _ *http.Request) { write(w, long) }, seen{Status: 200, Length: -1, Body: long}},
		{"long in pieces", func(w http.ResponseWriter, _ *http.Request) {
			for range 100 {
				write(w, long)
			}
		}, seen{Status: 200, Length: -1, Body: strings.Repeat(long, 100)[:256<<10]}},
		{"flushed", func(w http.ResponseWriter, _ *http.Request) { write(w, "a"); flush(w); write(w, "b") }, seen{Status: 200, Length: -1, Body: "ab"}},
		{"flushed before it begins", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			flush(w)
			write(w, "b")
		}, seen{Status: 200, Length: -1, Body: "b"}},
		{"declared", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "3")
			w.Header().Set("X-Early", "1")
			w.WriteHeader(201)
			w.Header().Set("X-Late", "1")
			write(w, "abc")
		}, seen{Status: 201, Length: 3, Body: "abc"}},
		{"more than declared", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "3")
			write(w, "abc")
			if _, err := io.WriteString(w, "d"); !errors.Is(err, http.ErrContentLength) {
				t.Errorf("writing more than declared: %v", err)
			}
		}, seen{Status: 200, Length: 3, Body: "abc"}},
		{"less than declared", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "30")
			write(w, "abc")
		}, seen{Status: 200, Length: 30, Body: "abc", BodyErr: "unexpected EOF"}},
		{"cut at once", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, seen{Err: "EOF"}},
		{"cut before it went out", func(w http.ResponseWriter, _ *http.Request) {
			write(w, "abc")
			panic(http.ErrAbortHandler)
		}, seen{Err: "EOF"}},
		{"cut within a declared body", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "30")
			write(w, "abc")
			flush(w)
			panic(http.ErrAbortHandler)
		}, seen{Status: 200, Length: 30, Body: "abc", BodyErr: "unexpected EOF"}},
		{"cut within a body without end", func(w http.ResponseWriter, _ *http.Request) {
			write(w, "abc")
			flush(w)
			panic(http.ErrAbortHandler)
		}, seen{Status: 200, Length: -1, Body: "abc", BodyErr: "unexpected EOF"}},
		{"given up", func(http.ResponseWriter, *http.Request) { runtime.Goexit() }, seen{Err: "EOF"}},
		{"endless", func(w http.ResponseWriter, r *http.Request) {
			var err error
			for err == nil && r.Context().Err() == nil {
				_, err = io.WriteString(w, long)
			}
		}, seen{Status: 200, Length: -1, Body: strings.Repeat(long, 100)[:256<<10]}},
		{"request", func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			write(w, fmt.Sprintf("%s %s %s %s %s %d %q %v %s %s %q", r.Method, r.RequestURI, r.URL.EscapedPath(), r.URL.RawPath, r.URL.Host,
				r.ContentLength, body, err, r.Proto, r.Header.Get("User-Agent"), r.Header.Values("X-Sent")))
		}, seen{Status: 200, Body: `PUT /a%2Fb/c%20d?q=%2F /a%2Fb/c%20d /a%2Fb/c%20d  4 "body" <nil> HTTP/1.1 Go-http-client/1.1 ["value"]`, Length: 102}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := bothWays(t, test.handler)
			got.Header = nil
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %+v\nwant %+v", got, test.want)
			}
		})
	}
}

func TestInProcessStopsTheHandler(t *testing.T) {
	for _, test := range []struct {
		name string
		// begin makes the handler send its header before it waits for its context.
		begin bool
		act   func(t *testing.T, client *http.Client, request *http.Request)
	}{
		{"the request ends before the answer", false, func(t *testing.T, client *http.Client, request *http.Request) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if _, err := client.Do(request.WithContext(ctx)); errorKind(err) != "deadline" {
				t.Errorf("error %v", err)
			}
		}},
		{"the request ends within the answer", true, func(t *testing.T, client *http.Client, request *http.Request) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			answer, err := client.Do(request.WithContext(ctx))
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			if _, err := io.ReadAll(answer.Body); errorKind(err) != "deadline" {
				t.Errorf("error %v", err)
			}
		}},
		{"the client's timeout", true, func(t *testing.T, client *http.Client, request *http.Request) {
			client.Timeout = time.Minute
			answer, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			if _, err := io.ReadAll(answer.Body); errorKind(err) != "deadline" {
				t.Errorf("error %v", err)
			}
		}},
		{"the body is closed", true, func(t *testing.T, client *http.Client, request *http.Request) {
			answer, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			if err := answer.Body.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			// synctest.Test fails when a goroutine stays behind.
			synctest.Test(t, func(t *testing.T) {
				ended := make(chan error, 1)
				client := &http.Client{Transport: acctest.InProcess(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if test.begin {
						_ = http.NewResponseController(w).Flush()
					}
					<-r.Context().Done()
					_, err := w.Write(make([]byte, 1<<20))
					ended <- err
				}))}
				request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://refold.test/", nil)
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				test.act(t, client, request)
				if err := <-ended; err == nil {
					t.Error("the handler could still write")
				}
				if took := time.Since(start); took > time.Minute {
					t.Errorf("took %s", took)
				}
			})
		})
	}
}

func TestInProcessDoesNotStartForARequestThatEnded(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://refold.test/", nil)
	if err != nil {
		t.Fatal(err)
	}
	handler := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the handler was run") })
	answer, err := acctest.InProcess(handler).RoundTrip(request)
	if err == nil {
		_ = answer.Body.Close()
	}
	if errorKind(err) != "canceled" {
		t.Errorf("error %v", err)
	}
}

func TestInProcessClosesTheRequestsBody(t *testing.T) {
	body := &closing{Reader: strings.NewReader("x")}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, "http://refold.test/", body)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := acctest.InProcess(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if !body.closed {
		t.Error("the body is still open")
	}
}

type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error {
	c.closed = true
	return nil
}
