// SPDX-License-Identifier: MPL-2.0

package diagnosticspage

import (
	"net/http"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

// NewRefold is a Refold whose clock stands still.
func NewRefold() *mockapi.Server {
	return mockapi.New(mockapi.WithClock(func() time.Time { return time.Date(2026, 7, 24, 9, 30, 17, 0, time.UTC) }))
}

// Over is a new process of the provider on a network, with the key of the test environment,
// which tries a request at most twice. Attributes of block come on top, or replace those.
func Over(t *testing.T, network http.RoundTripper, block ...acctest.Attributes) *acctest.Protocol {
	t.Helper()
	once := acctest.Attributes{"max_retries": acctest.Number(1)}
	return acctest.ProtocolOver(t, network, append([]acctest.Attributes{once}, block...)...)
}

// At is Over for a server.
func At(t *testing.T, server http.Handler, block ...acctest.Attributes) *acctest.Protocol {
	t.Helper()
	return Over(t, acctest.InProcess(t, server), block...)
}

// Meeting is for the situations in which one process of the provider works at a Refold that
// is as it should be to begin with.
func Meeting(meet func(*mockapi.Server, *acctest.Protocol) acctest.Diagnostics) func(*testing.T) acctest.Diagnostics {
	return func(t *testing.T) acctest.Diagnostics {
		api := NewRefold()
		return meet(api, At(t, api))
	}
}
