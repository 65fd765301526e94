// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestRunServesUntilTheContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	out, printed := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, []string{"-addr", "127.0.0.1:0", "-accounts", "12"}, printed)
		_ = printed.Close()
	}()

	lines := bufio.NewScanner(out)
	if !lines.Scan() {
		t.Fatal("printed nothing")
	}
	base := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(lines.Text())
	introduction := lines.Text()
	for !strings.Contains(introduction, "export REFOLD_API_KEY") && lines.Scan() {
		introduction += "\n" + lines.Text()
	}
	for _, want := range []string{base, mockapi.TestKey, mockapi.ProductionKey, "export REFOLD_BASE_URL=" + base, "12 accounts"} {
		if !strings.Contains(introduction, want) {
			t.Errorf("the introduction lacks %q:\n%s", want, introduction)
		}
	}

	rest := make(chan string, 1)
	go func() {
		var text strings.Builder
		for lines.Scan() {
			text.WriteString(lines.Text() + "\n")
		}
		rest <- text.String()
	}()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet,
		base+"/api/v2/public/linked-account/customer-00012?secret=in-query", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("x-api-key", mockapi.TestKey)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	_ = answer.Body.Close()
	if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(body), `"key_value":16`) {
		t.Errorf("answer %d: %s (%v)", answer.StatusCode, body, err)
	}

	cancel()
	if err := <-ended; err != nil {
		t.Errorf("run: %v", err)
	}
	log := strings.TrimSpace(<-rest)
	if want := "GET /api/v2/public/linked-account/customer-00012 -> 200"; log != want {
		t.Errorf("log is %q, want only %q", log, want)
	}
}

func TestRunRefusesBadFlags(t *testing.T) {
	for _, test := range []struct{ argument, want string }{
		{"-addr=0.0.0.0:0", "not a loopback address"},
		{"-addr=:8080", "not a loopback address"},
		{"-addr=192.0.2.1:8080", "not a loopback address"},
		{"-addr=example.com:8080", "not a loopback address"},
		{"-addr=127.0.0.1", "missing port"},
		{"-accounts=-1", "negative"},
		{"-rate=-1", "negative"},
		{"-rate=NaN", "no number"},
		{"-burst=0", "no request"},
		{"-faults=-0.1", "between 0 and 1"},
		{"-faults=1.1", "between 0 and 1"},
		{"-seed=-1", "invalid value"},
		{"-unknown", "not defined"},
	} {
		t.Run(test.argument, func(t *testing.T) {
			err := run(t.Context(), []string{test.argument}, io.Discard)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestRunExplainsItsFlags(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{"-h"}, &out); err != nil || !strings.Contains(out.String(), "-accounts") {
		t.Errorf("error %v, printed %q", err, out.String())
	}
}

// statuses runs the mock, sends requests for one account and returns the statuses in the log.
func statuses(t *testing.T, requests int, arguments ...string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, printed := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, append(arguments, "-addr", "127.0.0.1:0"), printed)
		_ = printed.Close()
	}()
	lines := bufio.NewScanner(out)
	lines.Scan()
	base := regexp.MustCompile(`http://127\.0\.0\.1:\d+`).FindString(lines.Text())
	for !strings.Contains(lines.Text(), "export REFOLD_API_KEY") && lines.Scan() {
	}
	lines.Scan() // the empty line after the introduction

	transport := &http.Transport{DisableKeepAlives: true}
	var logged []string
	for range requests {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/api/v2/public/linked-account/x", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("x-api-key", mockapi.TestKey)
		sent := make(chan struct{})
		go func() {
			defer close(sent)
			if answer, err := transport.RoundTrip(request); err == nil {
				_, _ = io.Copy(io.Discard, answer.Body)
				_ = answer.Body.Close()
			}
		}()
		lines.Scan()
		<-sent
		logged = append(logged, lines.Text()[strings.LastIndex(lines.Text(), " ")+1:])
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("run: %v", err)
	}
	return strings.Join(logged, " ")
}

func TestRunLimitsTheRate(t *testing.T) {
	if got, want := statuses(t, 4, "-rate=0.000001", "-burst=2"), "404 404 429 429"; got != want {
		t.Errorf("statuses are %s, want %s", got, want)
	}
}

func TestRunInjectsFaults(t *testing.T) {
	first := statuses(t, 6, "-faults=1", "-seed=1")
	if again := statuses(t, 6, "-faults=1", "-seed=1"); again != first {
		t.Errorf("statuses are %s, then %s", first, again)
	}
	if other := statuses(t, 6, "-faults=1", "-seed=2"); other == first {
		t.Errorf("statuses are %s with another seed too", other)
	}
}
