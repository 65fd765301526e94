// SPDX-License-Identifier: MPL-2.0

package contract_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/contract"
)

// disturbed sends an upsert whose answer may be anything, and reads the beginning of it.
func (w wrapped) disturbed(agent string) {
	w.t.Helper()
	request, err := http.NewRequestWithContext(w.t.Context(), http.MethodPut, w.url+accountPath, strings.NewReader(`{"linked_account_id":"x"}`))
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header = http.Header{"X-Api-Key": {mockapi.TestKey}, "User-Agent": {agent}, "Content-Type": {"application/json"}}
	answer, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(request)
	if err != nil {
		return
	}
	defer answer.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16))
}

func TestFaultsAreNoAnswersOfRefold(t *testing.T) {
	loaded := load(t)
	for _, kind := range mockapi.AllFaults() {
		if t.Failed() {
			return // a contract that keeps what is not Refold's would keep an endless body
		}
		t.Run(string(kind), func(t *testing.T) {
			api := mockapi.New()
			w := wrap(t, loaded, api)
			for seed := range uint64(8) {
				api.Inject(mockapi.Faults{
					Seed: seed, Rate: 1, Kinds: []mockapi.Fault{kind}, Delay: time.Millisecond, Elsewhere: "http://elsewhere.invalid",
				})
				w.disturbed(userAgent)
				if reported := w.take(); reported != "" {
					t.Error(reported)
				}
				w.disturbed("curl/8")
				if sides := w.takeSides(); !slices.Equal(sides, []contract.Side{contract.RequestSide}) {
					t.Errorf("a wrong request is reported as %q", sides)
				}
			}
		})
	}
}

func TestASlowAnswerIsStillChecked(t *testing.T) {
	api := mockapi.New()
	w := wrap(t, load(t), api)
	api.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultSlow}, Delay: time.Millisecond})
	api.Intercept(func(w http.ResponseWriter, _ *http.Request) bool {
		http.Error(w, "no such answer", http.StatusTeapot)
		return true
	})
	w.disturbed(userAgent)
	if sides := w.takeSides(); !slices.Equal(sides, []contract.Side{contract.AnswerSide}) {
		t.Errorf("reported are %q", sides)
	}
}

func TestTheRateLimitKeepsTheContract(t *testing.T) {
	loaded := load(t)
	for as403, status := range map[bool]int{false: http.StatusTooManyRequests, true: http.StatusForbidden} {
		api := mockapi.New()
		api.LimitRate(mockapi.RateLimit{PerSecond: 1e-9, As403: as403, Hint: mockapi.HintReset})
		w := wrap(t, loaded, api)
		w.send(http.MethodGet, accountPath+"/x", "")
		for _, method := range []string{http.MethodGet, http.MethodDelete} {
			if got, _ := w.send(method, accountPath+"/x", ""); got != status {
				t.Errorf("status %d, want %d", got, status)
			}
		}
		if reported := w.take(); reported != "" {
			t.Error(reported)
		}
	}
}
