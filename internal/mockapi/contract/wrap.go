// SPDX-License-Identifier: MPL-2.0

package contract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"github.com/gocobalt/terraform-provider-refold/internal/mockapi/route"
)

// Side tells whose fault a [Violation] is.
type Side string

// Values of Side.
const (
	// RequestSide is the client's request.
	RequestSide Side = "request"
	// AnswerSide is the server's answer.
	AnswerSide Side = "answer"
)

// Violation is what [Contract.Wrap] reports. Its text holds no API key and no credential value.
type Violation struct {
	Method string
	// Path is the escaped path as on the wire.
	Path string
	Side Side
	// Status is the answer's; 0 on the request's side.
	Status int
	Reason string
}

// Error names the request and what is wrong.
func (v *Violation) Error() string {
	if v.Side == AnswerSide {
		return fmt.Sprintf("contract: %s %s: answer %d: %s", v.Method, v.Path, v.Status, v.Reason)
	}
	return fmt.Sprintf("contract: %s %s: %s: %s", v.Method, v.Path, v.Side, v.Reason)
}

// Wrap validates every request and every answer of next, passes both on unchanged and reports each
// [Violation]. A request that matches no operation is reported too, and its answer is not looked
// at. Neither is one that the handler disowned, as an injected fault does. A report about an answer
// comes before the client has the whole answer, so reporting to a test is safe. report may be
// called from many goroutines at once.
func (c *Contract) Wrap(next http.Handler, report func(error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		r.Body = restored(body, err)
		secrets := secretsOf(route.Path(r), r.Header, body)
		tell := func(side Side, status int, reason string) {
			report(&Violation{r.Method, route.Path(r), side, status, secrets.Replace(reason)})
		}
		operation, parameters := c.findOperation(r)
		if operation == nil {
			tell(RequestSide, 0, "no such operation")
			next.ServeHTTP(w, r)
			return
		}
		checked := r.Clone(context.WithoutCancel(r.Context()))
		checked.Body = io.NopCloser(bytes.NewReader(body))
		input := &openapi3filter.RequestValidationInput{
			Request: checked, PathParams: parameters, QueryParams: r.URL.Query(), Route: operation, Options: options(),
		}
		for _, reason := range checkRequest(input, body) {
			tell(RequestSide, 0, reason)
		}
		kept := &keptAnswer{ResponseWriter: w}
		next.ServeHTTP(kept, r)
		kept.finish()
		for _, reason := range c.checkAnswer(input, kept) {
			tell(AnswerSide, kept.status, reason)
		}
		kept.send()
	})
}

// Check is Wrap for a test, which each violation fails.
func Check(t testing.TB, next http.Handler) http.Handler {
	t.Helper()
	loaded, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return loaded.Wrap(next, func(violation error) { t.Error(violation) })
}

// restored gives the next handler the body as it was, a read error included.
func restored(body []byte, err error) io.ReadCloser {
	reader := io.Reader(bytes.NewReader(body))
	if err != nil {
		reader = io.MultiReader(reader, failingReader{err})
	}
	return io.NopCloser(reader)
}

type failingReader struct{ err error }

func (f failingReader) Read([]byte) (int, error) { return 0, f.err }

func options() *openapi3filter.Options {
	return &openapi3filter.Options{
		AuthenticationFunc:    openapi3filter.NoopAuthenticationFunc,
		IncludeResponseStatus: true,
		MultiError:            true,
		SkipSettingDefaults:   true,
	}
}

func checkRequest(input *openapi3filter.RequestValidationInput, body []byte) []string {
	reasons := explain(openapi3filter.ValidateRequest(input.Request.Context(), input))
	for name, values := range input.QueryParams {
		if !hasParameter(input.Route, openapi3.ParameterInQuery, name) {
			reasons = append(reasons, fmt.Sprintf("query parameter %q is not in the contract", name))
		}
		if len(values) > 1 {
			reasons = append(reasons, fmt.Sprintf("query parameter %q is sent %d times", name, len(values)))
		}
	}
	if len(body) > 0 && input.Route.Operation.RequestBody == nil {
		reasons = append(reasons, "a body is not in the contract")
	}
	return reasons
}

func hasParameter(operation *routers.Route, in, name string) bool {
	return operation.PathItem.Parameters.GetByInAndName(in, name) != nil ||
		operation.Operation.Parameters.GetByInAndName(in, name) != nil
}

// checkAnswer returns what is wrong with an answer. There is none to check when
// the handler took the connection over, or disowned its answer.
func (c *Contract) checkAnswer(input *openapi3filter.RequestValidationInput, kept *keptAnswer) []string {
	if kept.foreign {
		return nil
	}
	response := input.Route.Operation.Responses.Status(kept.status)
	if response == nil {
		return []string{"this status is not in the contract"}
	}
	body := kept.whole.Bytes()
	mayBeEmpty, _ := response.Value.Extensions["x-empty-body"].(bool)
	if len(body) == 0 && mayBeEmpty {
		return nil
	}
	if broken := c.notJSON[response.Value]; broken != nil && broken.Match(body) {
		return nil
	}
	if text := response.Value.Content["text/html"]; text != nil && response.Value.Content.Get(kept.Header().Get("Content-Type")) == text {
		return explain(text.Schema.Value.VisitJSON(string(body)))
	}
	answer := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input, Status: kept.status, Header: kept.Header(), Options: input.Options,
	}
	return explain(openapi3filter.ValidateResponse(input.Request.Context(), answer.SetBodyBytes(body)))
}

// explain turns an error of kin-openapi into texts without the values that it quotes.
func explain(err error) []string {
	if err == nil {
		return nil
	}
	var several openapi3.MultiError
	var request *openapi3filter.RequestError
	var response *openapi3filter.ResponseError
	var schema *openapi3.SchemaError
	var parse *openapi3filter.ParseError
	switch {
	case asItself(err, &several):
		var reasons []string
		for _, one := range several {
			reasons = append(reasons, explain(one)...)
		}
		return reasons
	case asItself(err, &request):
		return prefixed(requestPart(request), request.Reason, request.Err)
	case asItself(err, &response):
		return prefixed("body", response.Reason, response.Err)
	case asItself(err, &schema):
		return []string{explainSchema(schema)}
	case errors.As(err, &parse):
		return []string{"not decodable: " + parse.Reason}
	case errors.Is(err, openapi3filter.ErrInvalidRequired):
		return []string{"is required"}
	default:
		return []string{fmt.Sprintf("not valid (%T)", err)}
	}
}

// asItself looks at err alone and not at what it wraps.
func asItself[T error](err error, target *T) bool {
	typed, ok := err.(T)
	if ok {
		*target = typed
	}
	return ok
}

func requestPart(request *openapi3filter.RequestError) string {
	if request.Parameter != nil {
		return fmt.Sprintf("%s parameter %q", request.Parameter.In, request.Parameter.Name)
	}
	return "body"
}

func prefixed(part, reason string, inner error) []string {
	if inner == nil {
		return []string{part + ": " + reason}
	}
	var reasons []string
	for _, text := range explain(inner) {
		reasons = append(reasons, part+": "+text)
	}
	return reasons
}

func explainSchema(schema *openapi3.SchemaError) string {
	at, err := json.Marshal(schema.JSONPointer())
	if err != nil || len(schema.JSONPointer()) == 0 {
		return schema.Reason
	}
	return fmt.Sprintf("at %s: %s", at, schema.Reason)
}
