// SPDX-License-Identifier: MPL-2.0

package mockapi_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
)

func TestTrace(t *testing.T) {
	api := mockapi.New()
	var traced strings.Builder
	server := httptest.NewServer(mockapi.Trace(api, &traced))
	c := client{t, api, server.URL}
	c.upsert(`{"linked_account_id":"a/ö","your_app":{"auth_credentials":{"k":"secret"}}}`).ok()
	c.get("a%2F%C3%B6?secret=secret").ok()
	api.Inject(mockapi.Faults{Rate: 1, Kinds: []mockapi.Fault{mockapi.FaultDroppedBefore}})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, c.url+accountPath+"/\xff", nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := http.DefaultClient.Do(request); err == nil {
		_ = answer.Body.Close()
		t.Errorf("answer %d over a dropped connection", answer.StatusCode)
	}
	server.Close()
	equal(t, "lines", traced.String(), "PUT "+accountPath+" -> 200\nGET "+accountPath+"/a%2F%C3%B6 -> 200\nDELETE "+accountPath+"/%FF -> 0\n")
}
