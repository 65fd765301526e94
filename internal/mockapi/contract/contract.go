// SPDX-License-Identifier: MPL-2.0

// Package contract holds the description of the API that the provider uses, and checks traffic
// against it: requests strictly, answers as loosely as Refold's documented variants need.
package contract

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"regexp"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/route"
)

//go:embed *.yaml
var descriptions embed.FS

// shared is the file that the files of all objects refer to.
const shared = "shared.yaml"

// Contract is the loaded description. Make it with [Load]; it may be used by
// many goroutines at once.
type Contract struct {
	operations *route.Table[*routers.Route]
	// notJSON holds the compiled x-not-json pattern of each response that has one.
	notJSON map[*openapi3.Response]*regexp.Regexp
}

// Load returns the embedded description. An error means that it is not valid OpenAPI.
func Load() (*Contract, error) { return embedded() }

// embedded reads the description once in a process: that takes longer than many a
// test that needs it.
var embedded = sync.OnceValues(func() (*Contract, error) { return load(descriptions) })

// load reads all files at the root of a file system, which together describe one API.
func load(files fs.FS) (*Contract, error) {
	loader := openapi3.NewLoader()
	loader.ReadFromURIFunc = func(_ *openapi3.Loader, location *url.URL) ([]byte, error) {
		return fs.ReadFile(files, location.Path)
	}
	common, err := loader.LoadFromURI(&url.URL{Path: shared})
	if err != nil {
		return nil, fmt.Errorf("load the contract: %w", err)
	}
	names, err := fs.Glob(files, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("load the contract: %w", err)
	}
	for _, name := range names {
		object, err := loader.LoadFromURI(&url.URL{Path: name})
		if err != nil {
			return nil, fmt.Errorf("load the contract: %s: %w", name, err)
		}
		for path, item := range object.Paths.Map() {
			if common.Paths.Value(path) != nil && name != shared {
				return nil, fmt.Errorf("load the contract: %s: %s is in another file too", name, path)
			}
			common.Paths.Set(path, item)
		}
	}
	return compile(common)
}

// Operations returns method and path of each operation, with parameters in braces: "GET /a/{id}".
func (c *Contract) Operations() []string {
	var all []string
	for operation := range c.operations.All() {
		all = append(all, operation.Method+" "+operation.Path)
	}
	return all
}

func compile(document *openapi3.T) (*Contract, error) {
	c := &Contract{operations: &route.Table[*routers.Route]{}, notJSON: map[*openapi3.Response]*regexp.Regexp{}}
	for path, item := range document.Paths.Map() {
		for method, operation := range item.Operations() {
			addStandard(operation, document.Components)
			if err := c.compilePatterns(operation); err != nil {
				return nil, fmt.Errorf("%s: %w", operation.OperationID, err)
			}
			c.operations.Add(method, path, &routers.Route{
				Spec: document, Path: path, PathItem: item, Method: method, Operation: operation,
			})
		}
	}
	if err := document.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("validate the contract: %w", err)
	}
	return c, nil
}

// addStandard adds what is part of every operation (FACTS 1.4, 1.6).
func addStandard(operation *openapi3.Operation, shared *openapi3.Components) {
	operation.Parameters = append(operation.Parameters, shared.Parameters["UserAgent"])
	standard := map[string]string{"401": "Unauthorized", "403": "Throttled", "429": "Throttled", "500": "Error"}
	if operation.RequestBody != nil {
		standard["413"] = "Error"
	}
	for status, name := range standard {
		operation.Responses.Set(status, shared.Responses[name])
	}
}

func (c *Contract) compilePatterns(operation *openapi3.Operation) error {
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

// findOperation returns the operation of a request, or nil when it has none.
func (c *Contract) findOperation(r *http.Request) (*routers.Route, map[string]string) {
	operation, parameters, _ := c.operations.Find(r.Method, route.Path(r))
	if parameters == nil {
		return nil, nil
	}
	return operation, parameters
}
