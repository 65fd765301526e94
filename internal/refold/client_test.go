// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

func TestNewNeedsBaseURLAndKey(t *testing.T) {
	base := &url.URL{Scheme: "https", Host: "refold.example"}
	if _, err := refold.New(refold.Options{APIKey: testKey}); err == nil || !strings.Contains(err.Error(), "base URL") {
		t.Errorf("without a base URL: %v", err)
	}
	if _, err := refold.New(refold.Options{BaseURL: base}); err == nil || !strings.Contains(err.Error(), "API key") {
		t.Errorf("without a key: %v", err)
	}
	if _, err := refold.New(refold.Options{BaseURL: base, APIKey: testKey}); err != nil {
		t.Errorf("with both: %v", err)
	}
}

// TestConnectionsAreKept counts the connections of two rounds of many requests
// at a time, over the real transport.
func TestConnectionsAreKept(t *testing.T) {
	const parallel = 50
	var opened atomic.Int32
	// Each round's requests are all under way before the first is answered.
	var arrived sync.WaitGroup
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		arrived.Done()
		arrived.Wait()
		io.WriteString(w, document("user"))
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	client := newClientAt(t, server.URL, func(o *refold.Options) { o.RequestsPerSecond, o.Burst = 1e6, 1000 })
	round := func() {
		arrived.Add(parallel)
		var group sync.WaitGroup
		for range parallel {
			group.Go(func() {
				if _, err := client.LinkedAccount(t.Context(), "user"); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	round()
	round()
	if opened.Load() != parallel {
		t.Errorf("%d connections were opened, want %d", opened.Load(), parallel)
	}
}

// TestNoTerraform: the client is of use to programs that are no providers.
func TestNoTerraform(t *testing.T) {
	output, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(output), "terraform-provider-refold/internal/refold\n") {
		t.Fatalf("go list says %q", output)
	}
	for dependency := range strings.Lines(string(output)) {
		own := strings.HasPrefix(dependency, "github.com/gocobalt/terraform-provider-refold/internal/refold")
		if strings.Contains(dependency, "terraform") && !own || strings.Contains(dependency, "mockapi") {
			t.Errorf("internal/refold depends on %s", dependency)
		}
	}
}
