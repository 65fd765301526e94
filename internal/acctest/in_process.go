// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// InProcess is a transport that runs handler instead of using a network, for
// tests under testing/synctest, whose clock stands still while a goroutine waits
// for a connection. It answers as net/http does over a connection:
//
//   - An answer goes out when the handler flushes, after 2 KiB, or at its end.
//   - When the handler panics with http.ErrAbortHandler, the error is io.EOF
//     before the answer and io.ErrUnexpectedEOF within it; the latter also for
//     fewer bytes than Content-Length says. Other panics are not caught.
//   - The handler's context ends with the request's, and when the body is closed;
//     writing fails from then on. A handler that minds that leaves no goroutine.
//
// Request bodies are read whole before the handler starts. What needs a
// connection is not there: Hijack, 1xx answers, trailers, HEAD.
func InProcess(handler http.Handler) http.RoundTripper { return inProcess{handler} }

type inProcess struct{ handler http.Handler }

// RoundTrip implements http.RoundTripper.
func (p inProcess) RoundTrip(request *http.Request) (*http.Response, error) {
	body, err := readRequest(request)
	if err != nil {
		return nil, err
	}
	if err := context.Cause(request.Context()); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(request.Context())
	x := newExchange(request, cancel)
	received, err := asReceived(request.WithContext(ctx), body)
	if err != nil {
		cancel()
		return nil, err
	}
	go x.run(p.handler, received)

	select {
	case response := <-x.response:
		return response, nil
	case <-x.dropped:
		return nil, fmt.Errorf("read the answer's header: %w", io.EOF)
	case <-request.Context().Done():
		cancel()
		return nil, context.Cause(request.Context())
	}
}

func readRequest(request *http.Request) ([]byte, error) {
	if request.Body == nil {
		return nil, nil
	}
	body, err := io.ReadAll(request.Body)
	if closeErr := request.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, fmt.Errorf("read the request's body: %w", err)
	}
	return body, nil
}

// asReceived is the request as a server has it.
func asReceived(sent *http.Request, body []byte) (*http.Request, error) {
	target := sent.URL.RequestURI()
	parsed, err := url.ParseRequestURI(target)
	if err != nil {
		return nil, fmt.Errorf("read the request's address: %w", err)
	}
	request := sent.Clone(sent.Context())
	if request.Header == nil {
		request.Header = http.Header{}
	}
	if request.Host == "" {
		request.Host = sent.URL.Host
	}
	if len(sent.Header.Values("User-Agent")) == 0 {
		request.Header.Set("User-Agent", "Go-http-client/1.1")
	}
	request.URL, request.RequestURI = parsed, target
	request.Proto, request.ProtoMajor, request.ProtoMinor = "HTTP/1.1", 1, 1
	request.Body, request.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	request.GetBody, request.Response, request.TransferEncoding = nil, nil, nil
	request.RemoteAddr = "127.0.0.1:0"
	return request, nil
}
