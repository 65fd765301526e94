// SPDX-License-Identifier: MPL-2.0

package refold

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/bulkread"
)

var definitionPath = path{"api", "v2", "public", "env", "definitions"}

// definitionMissing is how Refold says that there is no such definition (FACTS 2.8).
const definitionMissing = "variable definition not found"

// VariableDefinitions are all definitions of the organization (FACTS 2.8), in Refold's order. One
// list serves all who ask, as long as it is not older than maxAge (SnapshotLife for zero, which is
// also the most). The definitions are shared: they must not be changed. A list that cannot be had
// whole is an error, as of AllLinkedAccounts.
func (c *Client) VariableDefinitions(ctx context.Context, maxAge time.Duration) ([]*VariableDefinition, error) {
	none := func(error) bool { return false }
	return c.variables.definitions.get(ctx, "", oldest(maxAge), none, func(ctx context.Context) ([]*VariableDefinition, error) {
		var definitions []*VariableDefinition
		for page, err := range c.definitionList().Each(ctx) {
			if err != nil {
				return nil, listError(err)
			}
			definitions = append(definitions, page...)
		}
		return definitions, nil
	})
}

// VariableDefinition is that of an id, out of VariableDefinitions; one that is not there is asked
// for by itself. One that does not exist is an *Error of kind NotFound. It is shared: it must not
// be changed.
func (c *Client) VariableDefinition(ctx context.Context, id string, maxAge time.Duration) (*VariableDefinition, error) {
	listed, err := c.VariableDefinitions(ctx, maxAge)
	if err != nil {
		return nil, err
	}
	if found := FindVariableDefinition(listed, id); found != nil {
		return found, nil
	}
	isAbsence := func(err error) bool { return KindOf(err) == NotFound }
	return c.variables.unlisted.get(ctx, id, oldest(maxAge), isAbsence, func(ctx context.Context) (*VariableDefinition, error) {
		received, err := c.get(ctx, call{
			segments:   definitionPath.join(id),
			meanings:   []meaning{{NotFound, http.StatusNotFound, definitionMissing, ""}},
			hidesScope: true,
		})
		if err != nil {
			return nil, err
		}
		return decodeDefinition(received, id)
	})
}

// FindVariableDefinition returns the one of an id, or nil.
func FindVariableDefinition(definitions []*VariableDefinition, id string) *VariableDefinition {
	for _, definition := range definitions {
		if definition.ID == id {
			return definition
		}
	}
	return nil
}

// oldest is the moment since which something must have been asked for that is not older than this.
func oldest(maxAge time.Duration) time.Time {
	if maxAge <= 0 || maxAge > SnapshotLife {
		maxAge = SnapshotLife
	}
	return time.Now().Add(-maxAge)
}

func (c *Client) definitionList() bulkread.List[*VariableDefinition] {
	return bulkread.List[*VariableDefinition]{
		Noun:    "definitions of variables",
		Page:    c.definitionPage,
		Fold:    func(id string) string { return id },
		IsFinal: isEnvironmentError,
	}
}

func (c *Client) definitionPage(ctx context.Context, number int) (bulkread.Page[*VariableDefinition], error) {
	var none bulkread.Page[*VariableDefinition]
	received, err := c.get(ctx, call{segments: definitionPath, query: onPage(url.Values{}, number, pageLimit), hidesScope: true})
	if err != nil {
		return none, err
	}
	isWhole := true
	page, err := bulkread.DecodePage(received.body, func(raw json.RawMessage) *VariableDefinition {
		definition := decodeListedDefinition(raw)
		isWhole = isWhole && definition != nil
		return definition
	})
	if err != nil || !isWhole {
		return none, unreadable(received, "not a list of definitions of variables in JSON")
	}
	return page, nil
}

// onPage adds to a query which page of a list is asked for (FACTS 1.5).
func onPage(query url.Values, number, limit int) url.Values {
	query.Set("page", strconv.Itoa(number))
	query.Set("limit", strconv.Itoa(limit))
	return query
}
