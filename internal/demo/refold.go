// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// stopGrace is how long the mock waits for requests in flight before it closes their connections.
const stopGrace = 5 * time.Second

// anyPort is a free port of this machine.
const anyPort = "127.0.0.1:0"

// refold is the mock, listening on this machine.
type refold struct {
	*mockapi.Server
	url    string
	server *http.Server
	done   chan error
}

// serving says how the mock is to be reached.
type serving struct {
	address string
	// requests gets a line per request; nil for the demo. For whoever looks on, there are customers
	// as well.
	requests io.Writer
}

// startRefold starts the mock.
func startRefold(ctx context.Context, to serving) (*refold, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", to.address)
	if err != nil {
		return nil, fmt.Errorf("start the mock Refold: %w", err)
	}
	mock := mockapi.New()
	var handler http.Handler = mock
	if to.requests != nil {
		handler = mockapi.Trace(withCustomers(mock, mock), to.requests)
	}
	started := &refold{
		Server: mock,
		url:    "http://" + listener.Addr().String(),
		server: &http.Server{Handler: handler, ReadHeaderTimeout: stopGrace},
		done:   make(chan error, 1),
	}
	go func() { started.done <- started.server.Serve(listener) }()
	return started, nil
}

// stop ends the mock, also when the run was interrupted: it has its own deadline.
func (r *refold) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), stopGrace)
	defer cancel()
	if err := r.server.Shutdown(ctx); err != nil {
		err = errors.Join(err, r.server.Close())
		return fmt.Errorf("stop the mock Refold: %w", err)
	}
	if err := <-r.done; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve the mock Refold: %w", err)
	}
	return nil
}

// lastRequests describes the last few requests that the mock received, without headers and bodies,
// which hold secrets.
func (r *refold) lastRequests(count int) string {
	requests := r.Requests()
	if len(requests) == 0 {
		return "the mock Refold received no request"
	}
	requests = requests[max(0, len(requests)-count):]
	var text strings.Builder
	fmt.Fprintf(&text, "the last requests that the mock Refold received:")
	for _, request := range requests {
		fmt.Fprintf(&text, "\n  %s", request)
	}
	return text.String()
}
