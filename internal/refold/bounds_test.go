// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// Hostile and broken servers, over real connections: every operation ends with an error that says
// why, takes a bounded amount of memory, and leaves no goroutine behind.
func TestBounds(t *testing.T) {
	shortrun.Thorough(t, "TestErrorTextIsBoundedAndPlain")
	const (
		// mostSent is what such a server gets rid of: the limit, and what is
		// under way in buffers of the system.
		mostSent = 32 << 20
		// mostAllocated, for each answer, is the limit, and the smaller buffers on the way to it.
		mostAllocated = 128 << 20
	)
	bomb := compressed(t, 256<<20)
	for name, hostile := range map[string]struct {
		answer func(w io.Writer, header http.Header, gone <-chan struct{})
		says   string
	}{
		"endless body": {func(w io.Writer, _ http.Header, _ <-chan struct{}) {
			for err := error(nil); err == nil; {
				_, err = io.WriteString(w, blank)
			}
		}, "the answer is larger than 10 MiB"},
		"body that grows when it is unpacked": {func(w io.Writer, header http.Header, _ <-chan struct{}) {
			header.Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		}, "the answer is larger than 10 MiB"},
		"giant header": {func(w io.Writer, header http.Header, _ <-chan struct{}) {
			header.Set("X-Padding", strings.Repeat("a", 4<<20))
			_, _ = io.WriteString(w, "{}")
		}, "exceeded"},
		"many headers": {func(w io.Writer, header http.Header, _ <-chan struct{}) {
			for range 64 << 10 {
				header.Add("X-Padding", "padding padding padding padding")
			}
			_, _ = io.WriteString(w, "{}")
		}, "exceeded"},
		"no answer": {func(_ io.Writer, _ http.Header, gone <-chan struct{}) { <-gone }, "no answer within the request timeout of"},
		"no end of the body": {func(w io.Writer, _ http.Header, gone <-chan struct{}) {
			_, _ = io.WriteString(w, blank)
			<-gone
		}, "no answer within the request timeout of"},
	} {
		t.Run(name, func(t *testing.T) {
			before := goleak.IgnoreCurrent()
			var sent, answers atomic.Int64
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
				sent.Store(0)
				answers.Add(1)
				_, _ = io.Copy(io.Discard, request.Body)
				hostile.answer(counting{w, &sent}, w.Header(), request.Context().Done())
			}))
			client := newClientAt(t, server.URL, withoutRetries, func(o *refold.Options) {
				o.Burst = 100
				if strings.HasPrefix(hostile.says, "no answer") {
					o.RequestTimeout = 20 * time.Millisecond
				}
			})
			for name, operation := range operations {
				answers.Store(0)
				allocated := totalAllocated()
				err := operation.do(t.Context(), client)
				if err == nil || !strings.Contains(err.Error(), hostile.says) || len(err.Error()) > longestError {
					t.Errorf("%s: err = %v, want it to say %q", name, err, hostile.says)
				}
				if grown := totalAllocated() - allocated; grown > mostAllocated*uint64(max(1, answers.Load())) {
					t.Errorf("%s allocated %d MiB for %d answers", name, grown>>20, answers.Load())
				}
				if sent.Load() > mostSent {
					t.Errorf("%s took %d MiB from the server", name, sent.Load()>>20)
				}
			}
			server.Close()
			goleak.VerifyNone(t, before)
		})
	}
}

// After ordinary answers as well, nothing runs on.
func TestNoGoroutineIsLeft(t *testing.T) {
	before := goleak.IgnoreCurrent()
	for name, operation := range operations {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
			_, _ = io.WriteString(w, operation.bodyFor(request))
		}))
		client := newClientAt(t, server.URL, func(o *refold.Options) { o.Burst = 100 })
		if err := operation.do(t.Context(), client); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		server.Close()
	}
	goleak.VerifyNone(t, before)
}

// counting counts what a handler got rid of.
type counting struct {
	io.Writer
	sent *atomic.Int64
}

// Write implements io.Writer.
func (c counting) Write(chunk []byte) (int, error) {
	n, err := c.Writer.Write(chunk)
	c.sent.Add(int64(n))
	return n, err
}

// totalAllocated is of the whole process, the server of the test included.
func totalAllocated() uint64 {
	var statistics runtime.MemStats
	runtime.ReadMemStats(&statistics)
	return statistics.TotalAlloc
}

func compressed(t *testing.T, size int64) []byte {
	t.Helper()
	var packed bytes.Buffer
	writer, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(writer, spaces{}, size); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.Bytes()
}
