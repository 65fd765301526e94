// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// answerBuffer is how much net/http holds back before an answer goes out.
const answerBuffer = 2 << 10

const lengthUnknown = -1

// exchange is one request with its answer; it is the handler's
// http.ResponseWriter. Only the handler's goroutine uses the fields that are
// not channels or pipes.
type exchange struct {
	request *http.Request
	cancel  context.CancelFunc
	// response gets the answer when its header goes out; dropped is closed
	// when the handler gave up before.
	response chan *http.Response
	dropped  chan struct{}

	header   http.Header
	status   int
	declared int64
	written  int64
	// sent is the header as of WriteHeader.
	sent     http.Header
	buffered *bufio.Writer
	started  bool
	out      *io.PipeWriter
	in       *io.PipeReader
}

func newExchange(request *http.Request, cancel context.CancelFunc) *exchange {
	x := &exchange{
		request: request, cancel: cancel,
		response: make(chan *http.Response, 1), dropped: make(chan struct{}),
		header: http.Header{}, declared: lengthUnknown,
	}
	x.in, x.out = io.Pipe()
	x.buffered = bufio.NewWriterSize(wire{x}, answerBuffer)
	return x
}

// run runs the handler to its end, also when that is a panic or a Goexit.
func (x *exchange) run(handler http.Handler, request *http.Request) {
	defer x.cancel()
	stop := context.AfterFunc(request.Context(), func() {
		_ = x.out.CloseWithError(context.Cause(request.Context()))
	})
	defer stop()
	returned := false
	defer func() {
		if returned {
			x.finish()
			return
		}
		x.abort()
		if failure := recover(); failure != nil && failure != http.ErrAbortHandler {
			panic(failure)
		}
	}()
	handler.ServeHTTP(x, request)
	returned = true
}

// Header implements http.ResponseWriter.
func (x *exchange) Header() http.Header { return x.header }

// WriteHeader implements http.ResponseWriter.
func (x *exchange) WriteHeader(status int) {
	if x.status != 0 || status < http.StatusOK {
		return
	}
	x.status, x.sent = status, x.header.Clone()
	if length, err := strconv.ParseInt(x.sent.Get("Content-Length"), 10, 64); err == nil {
		x.declared = length
	}
}

// Write implements http.ResponseWriter.
func (x *exchange) Write(chunk []byte) (int, error) {
	x.WriteHeader(http.StatusOK)
	if x.declared != lengthUnknown && x.written+int64(len(chunk)) > x.declared {
		return 0, http.ErrContentLength
	}
	if !x.started && x.written == 0 && len(chunk) > 0 && x.sent.Values("Content-Type") == nil {
		x.sent.Set("Content-Type", http.DetectContentType(chunk))
	}
	x.written += int64(len(chunk))
	return x.buffered.Write(chunk)
}

// FlushError lets http.ResponseController send what was written so far.
func (x *exchange) FlushError() error {
	x.WriteHeader(http.StatusOK)
	x.start()
	if err := x.buffered.Flush(); err != nil {
		return fmt.Errorf("send an answer: %w", err)
	}
	return nil
}

// start hands the answer's header to the client.
func (x *exchange) start() {
	if x.started {
		return
	}
	x.started = true
	if x.sent.Get("Date") == "" {
		x.sent.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	}
	x.response <- &http.Response{
		Status:     fmt.Sprintf("%03d %s", x.status, http.StatusText(x.status)),
		StatusCode: x.status,
		Proto:      "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        x.sent,
		ContentLength: x.declared,
		Body:          &answerBody{in: x.in, left: x.declared, cancel: x.cancel},
		Request:       x.request,
	}
}

func (x *exchange) finish() {
	x.WriteHeader(http.StatusOK)
	if !x.started && x.declared == lengthUnknown {
		x.declared = x.written
		x.sent.Set("Content-Length", strconv.FormatInt(x.written, 10))
	}
	x.start()
	_ = x.buffered.Flush() // a client that went away is not the handler's business
	if x.written < x.declared {
		_ = x.out.CloseWithError(io.ErrUnexpectedEOF)
		return
	}
	_ = x.out.Close()
}

func (x *exchange) abort() {
	_ = x.out.CloseWithError(io.ErrUnexpectedEOF)
	if !x.started {
		close(x.dropped)
	}
}

// wire is where the buffer of an exchange leads.
type wire struct{ *exchange }

// Write implements io.Writer.
func (w wire) Write(chunk []byte) (int, error) {
	w.start()
	return w.out.Write(chunk)
}

// answerBody ends where Content-Length says, as on a connection, also when the
// handler goes on.
type answerBody struct {
	in     *io.PipeReader
	left   int64
	cancel context.CancelFunc
}

// Read implements io.Reader.
func (b *answerBody) Read(chunk []byte) (int, error) {
	if b.left == 0 {
		return 0, io.EOF
	}
	n, err := b.in.Read(chunk)
	if b.left != lengthUnknown {
		b.left -= int64(n)
	}
	return n, err
}

// Close stops the handler.
func (b *answerBody) Close() error {
	b.cancel()
	return b.in.Close()
}
