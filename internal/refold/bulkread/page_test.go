// SPDX-License-Identifier: MPL-2.0

package bulkread_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

func decodeThing(raw json.RawMessage) thing {
	var wire struct {
		ID string `json:"_id"`
	}
	if json.Unmarshal(raw, &wire) != nil {
		return thing{}
	}
	return thing{id: wire.ID}
}

// TestDecodePage: samples leave out every field of the envelope but docs.
func TestDecodePage(t *testing.T) {
	unknown := bulkread.Page[thing]{Documents: []thing{}, Total: bulkread.Unknown, TotalPages: bulkread.Unknown}
	with := func(change func(*bulkread.Page[thing])) bulkread.Page[thing] {
		page := unknown
		change(&page)
		return page
	}
	for body, want := range map[string]bulkread.Page[thing]{
		`{"docs":[]}`:                                        unknown,
		`{"docs":[{"_id":"a"},5,{"_id":"b"}]}`:               with(func(p *bulkread.Page[thing]) { p.Documents = []thing{{id: "a"}, {}, {id: "b"}} }),
		`{"docs":[],"totalDocs":3,"totalPages":2}`:           with(func(p *bulkread.Page[thing]) { p.Total, p.TotalPages = 3, 2 }),
		`{"docs":[],"totalDocs":"3","totalPages":"2"}`:       with(func(p *bulkread.Page[thing]) { p.Total, p.TotalPages = 3, 2 }),
		`{"docs":[],"totalDocs":-1,"totalPages":4294967296}`: unknown,
		`{"docs":[],"totalDocs":null,"totalPages":{}}`:       unknown,
		`{"docs":[],"hasNextPage":true}`:                     with(func(p *bulkread.Page[thing]) { p.HasNext = new(true) }),
		`{"docs":[],"hasNextPage":"false"}`:                  with(func(p *bulkread.Page[thing]) { p.HasNext = new(false) }),
		`{"docs":[],"hasNextPage":0}`:                        unknown,
	} {
		if got, err := bulkread.DecodePage([]byte(body), decodeThing); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v, want %+v", body, got, err, want)
		}
	}
	for _, body := range []string{``, `[]`, `{}`, `{"docs":null}`, `{"docs":{}}`, `{"docs":[`, `"docs"`} {
		if got, err := bulkread.DecodePage([]byte(body), decodeThing); !errors.Is(err, bulkread.ErrNoList) {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
}
