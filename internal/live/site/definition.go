// SPDX-License-Identifier: MPL-2.0

package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Definition is what there has to be of a definition of a variable (FACTS 2.8).
type Definition struct {
	Scope     string `json:"scope"`
	Format    string `json:"var_format"`
	Encrypted bool   `json:"encrypted"`
}

// Definition returns the id of a definition that is as wanted. None can be made by the API, so that
// the want of one is an error that says which one to make.
func (s *Site) Definition(ctx context.Context, wanted Definition) (string, error) {
	status, body, err := s.send(ctx, http.MethodGet, publicPath+"env/definitions?limit=100")
	if err != nil {
		return "", fmt.Errorf("list the definitions of variables: %w", err)
	}
	var shown struct {
		Docs []struct {
			ID        string `json:"_id"`
			Encrypted *bool  `json:"encrypted"`
			Definition
		} `json:"docs"`
	}
	if status != http.StatusOK || json.Unmarshal(body, &shown) != nil {
		return "", fmt.Errorf("list the definitions of variables: the answer %d is no page: %s", status, s.quote(body))
	}
	for _, known := range shown.Docs {
		if known.Encrypted == nil {
			return "", errors.New("the list of definitions of variables does not say which are encrypted (FACTS 4.46), so none can be chosen")
		}
		known.Definition.Encrypted = *known.Encrypted
		if known.Definition == wanted && objectID.MatchString(known.ID) {
			return known.ID, nil
		}
	}
	return "", fmt.Errorf("the environment has no definition of a variable with the scope %s, the format %s and encrypted: %t. Make one in the dashboard",
		wanted.Scope, wanted.Format, wanted.Encrypted)
}
