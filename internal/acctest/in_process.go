// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"log"
	"net"
	"net/http"
	"testing"
)

// InProcess serves handler over HTTP until the test ends, on connections within this
// process, and returns the only way to it: whatever host a request names, handler answers.
// It is for tests under testing/synctest, whose clock does not move while a goroutine waits
// for a network; call it within the bubble.
//
// Each request has a connection of its own, so that none is repeated by net/http, which
// repeats some when a connection that was kept breaks. The context of a request that a
// handler still works on is done when the test ends. What the server logs, such as the panic
// of a handler, fails the test.
func InProcess(t testing.TB, handler http.Handler) http.RoundTripper {
	t.Helper()
	listener := &pipeListener{accepted: make(chan net.Conn), closed: make(chan struct{})}
	server := &http.Server{
		Handler:     handler,
		ErrorLog:    log.New(complaints{t}, "", 0),
		BaseContext: func(net.Listener) context.Context { return t.Context() },
	}
	go func() {
		if err := server.Serve(listener); err != http.ErrServerClosed {
			t.Errorf("serve in process: %v", err)
		}
	}()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Errorf("close the server in process: %v", err)
		}
	})
	return &http.Transport{
		DialContext: listener.dial,
		// As if the handshake was done: a base URL has to begin with https.
		DialTLSContext:     listener.dial,
		DisableKeepAlives:  true,
		DisableCompression: true,
	}
}

// pipeListener is a net.Listener within this process, whose connections are net.Pipe.
type pipeListener struct {
	accepted chan net.Conn
	closed   chan struct{}
}

// Accept implements net.Listener.
func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case connection := <-l.accepted:
		return connection, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener. It is called once, by http.Server.
func (l *pipeListener) Close() error {
	close(l.closed)
	return nil
}

// Addr implements net.Listener.
func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Net: "pipe"} }

func (l *pipeListener) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.accepted <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// complaints is what a server logs.
type complaints struct{ t testing.TB }

// Write implements io.Writer.
func (c complaints) Write(line []byte) (int, error) {
	c.t.Errorf("the server in process: %s", line)
	return len(line), nil
}
