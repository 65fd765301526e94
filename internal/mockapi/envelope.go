// SPDX-License-Identifier: MPL-2.0

package mockapi

import (
	"cmp"
	"errors"
	"fmt"
	"html"
	"net/http"
)

// Codes of errors (FACTS 1.6).
const (
	codeServerError     = "SERVER_ERROR"
	codeInternal        = "INTERNAL_SERVER_ERROR"
	codeInvalidAccount  = "INVALID_LINKED_ACCOUNT_ID"
	codeInvalidToken    = "INVALID_TOKEN"
	codeMissingField    = "MISSING_REQUIRED_FIELD"
	codeNotFound        = "RESOURCE_NOT_FOUND"
	codeValidation      = "VALIDATION_ERROR"
	contentTypeJSON     = "application/json; charset=utf-8"
	contentTypeHTML     = "text/html; charset=utf-8"
	messageUnauthorized = "Invalid Credentials"
)

// answer is a whole answer, before it goes on the wire.
type answer struct {
	status      int
	contentType string
	body        []byte
}

// failure is an error that Refold answers with.
type failure struct {
	status   int
	kind     string // the type, when it is not the status's own
	code     string
	message  string
	envelope Envelope // the object's own, while no switch names another
}

func (f *failure) Error() string { return fmt.Sprintf("%d %s: %s", f.status, f.code, f.message) }

func fail(status int, code, format string, args ...any) *failure {
	return &failure{status: status, code: code, message: fmt.Sprintf(format, args...)}
}

func (f *failure) errorType() string {
	if f.kind != "" {
		return f.kind
	}
	switch f.status {
	case http.StatusUnauthorized:
		return "UNAUTHORIZED"
	case http.StatusForbidden:
		return "FORBIDDEN"
	case http.StatusNotFound:
		return "NOT_FOUND"
	case http.StatusConflict:
		return "CONFLICT"
	case http.StatusRequestEntityTooLarge:
		return "PAYLOAD_TOO_LARGE"
	case http.StatusTooManyRequests:
		return "TOO_MANY_REQUESTS"
	case http.StatusInternalServerError:
		return "INTERNAL_SERVER_ERROR"
	case http.StatusBadGateway:
		return "BAD_GATEWAY"
	case http.StatusServiceUnavailable:
		return "SERVICE_UNAVAILABLE"
	case http.StatusGatewayTimeout:
		return "GATEWAY_TIMEOUT"
	default:
		return "BAD_REQUEST"
	}
}

// The four envelopes of FACTS 1.6, in the order of their documented fields.
type (
	envelopeE1 struct {
		StatusCode int    `json:"status_code"`
		ErrorType  string `json:"error_type"`
		Message    string `json:"message"`
		RequestID  string `json:"request_id"`
	}
	envelopeE2 struct {
		StatusCode int    `json:"status_code"`
		ErrorType  string `json:"http_error_type"`
		Code       string `json:"error_code"`
		Message    string `json:"message"`
		RequestID  string `json:"request_id"`
	}
	envelopeE3 struct {
		StatusCode int    `json:"status_code"`
		ErrorType  string `json:"http_error_type"`
		Code       string `json:"error"`
		Message    string `json:"message"`
	}
	envelopeE4 struct {
		StatusCode int    `json:"status_code"`
		ErrorType  string `json:"http_error_type"`
		Code       string `json:"error_code"`
		Message    string `json:"message"`
	}
)

// failed turns an error into an answer, in the envelope that is in force.
func (s *Server) failed(err error) answer {
	var f *failure
	if !errors.As(err, &f) {
		f = fail(http.StatusInternalServerError, codeInternal, "%v", err)
	}
	if f.status == http.StatusUnauthorized && s.behaviour.Answer.BrokenUnauthorized {
		return brokenUnauthorized(f)
	}
	kind := f.errorType()
	switch cmp.Or(s.behaviour.Answer.Errors, f.envelope) {
	case EnvelopeE1:
		return jsonAnswer(f.status, envelopeE1{f.status, kind, f.message, s.requestID()})
	case EnvelopeE2:
		return jsonAnswer(f.status, envelopeE2{f.status, kind, f.code, f.message, s.requestID()})
	case EnvelopeE4:
		return jsonAnswer(f.status, envelopeE4{f.status, kind, f.code, f.message})
	default:
		return jsonAnswer(f.status, envelopeE3{f.status, kind, f.code, f.message})
	}
}

// brokenUnauthorized lacks the comma that the documented sample lacks (FACTS 0.8).
func brokenUnauthorized(f *failure) answer {
	body := fmt.Sprintf("{\n  \"status_code\": %d,\n  \"http_error_type\": %q\n  \"error_code\": %q,\n  \"message\": %q\n}",
		f.status, f.errorType(), f.code, f.message)
	return answer{f.status, contentTypeJSON, []byte(body)}
}

// inE4 lets an endpoint answer its errors in E4, as some objects do (FACTS 1.6).
func inE4(handle func(*Server, *call) (answer, error)) func(*Server, *call) (answer, error) {
	return func(s *Server, c *call) (answer, error) {
		made, err := handle(s, c)
		if f, ok := errors.AsType[*failure](err); ok {
			f.envelope = EnvelopeE4
		}
		return made, err
	}
}

func (s *Server) requestID() string {
	s.sequence++
	return fmt.Sprintf("89bd1675-a826-46cb-9210-%012x", s.sequence)
}

func jsonAnswer(status int, value any) answer {
	return answer{status, contentTypeJSON, encodeJSON(value)}
}

// textAnswer is Express's answer to res.send with a string.
func textAnswer(status int, text string) answer {
	return answer{status, contentTypeHTML, []byte(text)}
}

// expressPage is the page of Express's own error handler.
func expressPage(status int, text string) answer {
	const page = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n" +
		"<body>\n<pre>%s</pre>\n</body>\n</html>\n"
	return textAnswer(status, fmt.Sprintf(page, html.EscapeString(text)))
}
