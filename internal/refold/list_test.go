// SPDX-License-Identifier: MPL-2.0

package refold_test

import (
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/acctest/shortrun"
	"github.com/gocobalt/terraform-provider-refold/internal/mockapi"
	"github.com/gocobalt/terraform-provider-refold/internal/refold"
)

// envelopes are the fields that samples leave out (FACTS 1.5).
var envelopes = map[string]func(number int, page map[string]any){
	"nothing but docs": func(_ int, page map[string]any) {
		for name := range page {
			if name != "docs" {
				delete(page, name)
			}
		}
	},
	"without totals": withoutTotals,
	"without hasNextPage": func(_ int, page map[string]any) {
		delete(page, "hasNextPage")
	},
	"without limit": func(_ int, page map[string]any) {
		delete(page, "limit")
	},
	"totalPages alone": func(_ int, page map[string]any) {
		delete(page, "totalDocs")
		delete(page, "hasNextPage")
	},
	"counts as texts": func(_ int, page map[string]any) {
		for _, name := range []string{"totalDocs", "totalPages", "hasNextPage"} {
			page[name] = fmt.Sprint(page[name])
		}
	},
	"counts of an odd type": func(_ int, page map[string]any) {
		page["totalDocs"], page["totalPages"], page["hasNextPage"] = map[string]any{}, -4, []any{true}
	},
}

func TestListEnvelopes(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	for name, edit := range envelopes {
		for _, exist := range []int{0, 99, 100, 250} {
			t.Run(fmt.Sprintf("%s, %d", name, exist), func(t *testing.T) {
				server := newListServer(t, exist, mockapi.Behaviour{})
				server.edit = edit
				client := server.client()
				if ids := allIDs(t, client); !slices.Equal(ids, customers(0, exist)) {
					t.Errorf("%d accounts: %q", len(ids), ids)
				}
				// One more page where only an empty one says that there are no more.
				if sent := server.lists(); sent > pagesOf(exist, 100)+1 {
					t.Errorf("%d pages", sent)
				}
				readMany(t, server.client(), customers(0, exist), refold.ReadOptions{})
				if server.gets() > 0 {
					t.Errorf("%d GETs", server.gets())
				}
				server.ResetRequests()
				readMissing(t, client, "nobody", refold.ReadOptions{TrustAbsence: true})
				if isCounted := hasTotals(edit); isCounted != (server.gets() == 0) {
					t.Errorf("an absence took %d GETs", server.gets())
				}
			})
		}
	}
}

func hasTotals(edit func(int, map[string]any)) bool {
	page := map[string]any{"totalDocs": 5, "totalPages": 1, "hasNextPage": false}
	edit(1, page)
	return page["totalDocs"] == 5 || page["totalDocs"] == "5"
}

// Documents that lack what the state, or the guard against deletions, needs are
// not served, at the cost of one page.
func TestListDocumentsThatLackFields(t *testing.T) {
	for _, field := range []string{"_id", "udf", "integrations", "environment", "associated_org"} {
		t.Run(field, func(t *testing.T) {
			server := newListServer(t, 5, mockapi.Behaviour{})
			server.edit = func(_ int, page map[string]any) {
				for _, document := range page["docs"].([]any) {
					delete(document.(map[string]any), field)
				}
			}
			client := server.client()
			for range 3 {
				for _, id := range customers(0, 5) {
					read(t, client, id, refold.ReadOptions{})
				}
			}
			server.sentWere("all, three times", 1, 15)
		})
	}
}

// One such document costs one GET, and proves that its account exists.
func TestListDocumentThatLacksUDF(t *testing.T) {
	server := newListServer(t, 5, mockapi.Behaviour{})
	server.edit = func(_ int, page map[string]any) { delete(page["docs"].([]any)[3].(map[string]any), "udf") }
	client := warm(server)
	read(t, client, customer(3), refold.ReadOptions{TrustAbsence: true})
	server.sentWere("the one", 0, 1)
	read(t, client, customer(4), refold.ReadOptions{})
	readMissing(t, client, "nobody", refold.ReadOptions{TrustAbsence: true})
	server.sentWere("others", 0, 0)
}

// A document that cannot be read may be any account.
func TestListDocumentThatCannotBeRead(t *testing.T) {
	for name, document := range map[string]any{"null": nil, "a text": "x", "a numeric id": map[string]any{"account_id": 5}, "no id": map[string]any{"_id": "x"}} {
		t.Run(name, func(t *testing.T) {
			server := newListServer(t, 5, mockapi.Behaviour{})
			server.edit = func(_ int, page map[string]any) { page["docs"].([]any)[3] = document }
			client := warm(server)
			read(t, client, customer(3), refold.ReadOptions{TrustAbsence: true})
			readMissing(t, client, "nobody", refold.ReadOptions{TrustAbsence: true})
			server.sentWere("two that are not shown", 0, 2)
			read(t, client, customer(4), refold.ReadOptions{})
			server.sentWere("another", 0, 0)
		})
	}
}

// A list that counts other than it shows, or ends before its end, proves no absence.
func TestListThatCountsWrong(t *testing.T) {
	shortrun.WithoutRaceDetector(t)
	for name, edit := range map[string]func(int, map[string]any){
		"one more":           func(_ int, page map[string]any) { page["totalDocs"] = 251 },
		"one less":           func(_ int, page map[string]any) { page["totalDocs"] = 249 },
		"more on each":       func(number int, page map[string]any) { page["totalDocs"] = 249 + number },
		"another page":       func(_ int, page map[string]any) { page["hasNextPage"] = true },
		"the end at first":   func(_ int, page map[string]any) { page["hasNextPage"] = false },
		"none":               func(_ int, page map[string]any) { page["docs"] = []any{} },
		"the same id twice":  func(_ int, page map[string]any) { page["docs"].([]any)[1] = page["docs"].([]any)[0] },
		"the first for each": func(_ int, page map[string]any) { page["page"] = 1; page["docs"] = []any{listedDocument("user")} },
	} {
		t.Run(name, func(t *testing.T) {
			server := newListServer(t, 250, mockapi.Behaviour{})
			server.edit = edit
			client := server.client()
			readMany(t, client, customers(0, 250), refold.ReadOptions{TrustAbsence: true})
			// The pages that are under way when one is of no use are lost.
			if sent := server.Count(http.MethodGet, ""); sent > 1+2*8+250 {
				t.Errorf("%d requests", sent)
			}
			server.ResetRequests()
			readMissing(t, client, "nobody", refold.ReadOptions{TrustAbsence: true})
			server.sentWere("an absence", 0, 1)
		})
	}
}

// The pages of a server that lowers the limit are followed.
func TestListOfSmallPages(t *testing.T) {
	server := newListServer(t, 250, mockapi.Behaviour{List: mockapi.ListBehaviour{MaxLimit: 20}})
	client := server.client()
	readMany(t, client, customers(0, 250), refold.ReadOptions{})
	server.sentWere("all", 13, 0)
	readMissing(t, client, "nobody", refold.ReadOptions{TrustAbsence: true})
	server.sentWere("an absence", 0, 0)
}
