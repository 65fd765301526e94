// SPDX-License-Identifier: MPL-2.0

// Command mockapi serves an in-memory Refold on a loopback address, to try the
// provider without an account at Refold.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "mockapi:", err)
		os.Exit(1)
	}
}

// run serves until the context ends.
func run(ctx context.Context, arguments []string, out io.Writer) error {
	flags := flag.NewFlagSet("mockapi", flag.ContinueOnError)
	flags.SetOutput(out)
	address := flags.String("addr", "127.0.0.1:8080", "loopback address and port to listen on; port 0 picks a free one")
	accounts := flags.Int("accounts", 0, "number of accounts to start with, in the environment test")
	var limit mockapi.RateLimit
	flags.Float64Var(&limit.PerSecond, "rate", 0, fmt.Sprintf("requests a second for each key, more get a 429; 0 for no limit, Refold publishes %d", mockapi.PublishedPerSecond))
	flags.IntVar(&limit.Burst, "burst", mockapi.PublishedBurst, "with -rate: requests that may come at one instant")
	var faults mockapi.Faults
	flags.Float64Var(&faults.Rate, "faults", 0, "share of requests that go wrong, from 0 to 1")
	flags.Uint64Var(&faults.Seed, "seed", 0, "with -faults: the same seed and the same requests give the same faults")
	if err := flags.Parse(arguments); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return fmt.Errorf("read the flags: %w", err)
	}
	if err := checkNumbers(*accounts, limit, faults); err != nil {
		return err
	}
	if err := checkLoopback(*address); err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", *address)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", *address, err)
	}
	api := mockapi.New()
	api.LimitRate(limit)
	api.Inject(faults)
	seed(api, *accounts)
	introduce(out, listener.Addr().String(), *accounts)
	return serve(ctx, listener, mockapi.Trace(api, out))
}

func checkNumbers(accounts int, limit mockapi.RateLimit, faults mockapi.Faults) error {
	switch {
	case accounts < 0:
		return fmt.Errorf("-accounts %d is negative", accounts)
	case !(limit.PerSecond >= 0):
		return fmt.Errorf("-rate %v is negative, or no number", limit.PerSecond)
	case limit.Burst < 1:
		return fmt.Errorf("-burst %d would let no request through", limit.Burst)
	case !(faults.Rate >= 0 && faults.Rate <= 1):
		return fmt.Errorf("-faults %v is not between 0 and 1", faults.Rate)
	}
	return nil
}

// checkLoopback refuses every address that another machine could reach: the mock's keys are public.
func checkLoopback(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("-addr: %w", err)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("-addr %s is not a loopback address; use 127.0.0.1 for example", address)
}

func seed(api *mockapi.Server, accounts int) {
	for i := range accounts {
		name := fmt.Sprintf("Customer %d", i+1)
		api.Create(mockapi.EnvironmentTest, mockapi.Account{
			AccountID: fmt.Sprintf("customer-%05d", i+1),
			Name:      &name,
			UDF: []mockapi.UDFEntry{
				{Key: "plan", Value: []string{"free", "pro", "enterprise"}[i%3]},
				{Key: "seats", Value: 5 + i%50},
				{Key: "beta", Value: i%10 == 0},
			},
		})
	}
}

func introduce(out io.Writer, address string, accounts int) {
	fmt.Fprintf(out, `In-memory Refold at http://%[1]s with %[2]d accounts. Press Ctrl-C to stop.

  test key        %[3]s
  production key  %[4]s

To use it with the provider:

  export REFOLD_BASE_URL=http://%[1]s
  export REFOLD_API_KEY=%[3]s

`, address, accounts, mockapi.TestKey, mockapi.ProductionKey)
}

func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return fmt.Errorf("shut down: %w", err)
	}
	return nil
}
