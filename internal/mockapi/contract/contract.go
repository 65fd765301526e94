// SPDX-License-Identifier: MPL-2.0

// Package contract holds the description of the API that the provider uses, and
// checks traffic against it: requests strictly, answers as loosely as Refold's
// documented variants need.
package contract

import (
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
)

//go:embed contract.yaml
var description []byte

// Contract is the loaded description. Make it with [Load]; it may be used by
// many goroutines at once.
type Contract struct {
	document *openapi3.T
	// notJSON holds the compiled x-not-json pattern of each response that has one.
	notJSON map[*openapi3.Response]*regexp.Regexp
}

// Load reads the embedded description. An error means that it is not valid
// OpenAPI.
func Load() (*Contract, error) {
	document, err := openapi3.NewLoader().LoadFromData(description)
	if err != nil {
		return nil, fmt.Errorf("load the contract: %w", err)
	}
	if err := document.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("validate the contract: %w", err)
	}
	c := &Contract{document: document, notJSON: map[*openapi3.Response]*regexp.Regexp{}}
	for _, item := range document.Paths.Map() {
		for _, operation := range item.Operations() {
			if err := c.compile(operation); err != nil {
				return nil, fmt.Errorf("%s: %w", operation.OperationID, err)
			}
		}
	}
	return c, nil
}

func (c *Contract) compile(operation *openapi3.Operation) error {
	for status, response := range operation.Responses.Map() {
		pattern, ok := response.Value.Extensions["x-not-json"].(string)
		if !ok {
			continue
		}
		compiled, err := regexp.Compile(pattern)
		if err != nil {
			return fmt.Errorf("x-not-json of %s: %w", status, err)
		}
		c.notJSON[response.Value] = compiled
	}
	return nil
}

// findOperation matches the path as it came in, segment by segment, and decodes
// each parameter exactly once, so that an id may hold "%2F". The routers of
// kin-openapi match decoded paths or decode twice.
func (c *Contract) findOperation(method, path string) (*routers.Route, map[string]string) {
	segments := strings.Split(path, "/")
	for pattern, item := range c.document.Paths.Map() {
		operation := item.GetOperation(method)
		if operation == nil {
			continue
		}
		if parameters := matchPath(strings.Split(pattern, "/"), segments); parameters != nil {
			return &routers.Route{
				Spec: c.document, Path: pattern, PathItem: item, Method: method, Operation: operation,
			}, parameters
		}
	}
	return nil, nil
}

// matchPath returns the decoded parameters, or nil when the path does not match.
func matchPath(pattern, segments []string) map[string]string {
	if len(pattern) != len(segments) {
		return nil
	}
	parameters := map[string]string{}
	for i, segment := range segments {
		name, isParameter := strings.CutPrefix(pattern[i], "{")
		if !isParameter {
			if segment != pattern[i] {
				return nil
			}
			continue
		}
		decoded, err := url.PathUnescape(segment)
		if err != nil || decoded == "" {
			return nil
		}
		parameters[strings.TrimSuffix(name, "}")] = decoded
	}
	return parameters
}

// wirePath returns the path as it came in, also behind [http.StripPrefix].
func wirePath(r *http.Request) string {
	if r.URL.RawPath != "" {
		return r.URL.RawPath
	}
	return r.URL.EscapedPath()
}
