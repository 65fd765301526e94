// SPDX-License-Identifier: MPL-2.0

// Package redactserver is a provider server that says nothing secret, whatever the provider behind
// it does: on the way in it meets every value that a schema calls sensitive or write-only, on the
// way out it redacts every diagnostic. What is sent as data, such as a state, stays as it is.
package redactserver

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/gocobalt/terraform-provider-refold/internal/refold/redact"
)

// Server is a provider server with all kinds of objects that this provider has. One with state
// stores has to be added to it.
type Server interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// New makes a server in front of another one. Secrets are those of the process; the server adds to
// them.
func New(next Server, secrets *redact.Secrets) Server {
	return &server{next: next, secrets: secrets}
}

// server has a method for each call, so that one that the protocol gains does not compile until it
// is here as well.
type server struct {
	next    Server
	secrets *redact.Secrets

	mutex sync.Mutex
	// schemas is nil until it is needed.
	schemas *schemas
}

// call passes a call on. Places say where in its values the secrets are.
func call[Q, R any](ctx context.Context, s *server, places *places, request *Q, next func(context.Context, *Q) (*R, error)) (*R, error) {
	s.meet(request, places, true)
	response, err := next(ctx, request)
	if response != nil {
		s.meet(response, places, false)
		s.redact(response)
	}
	return response, s.redactError(err)
}

// UpgradeResourceState implements tfprotov6.ProviderServer. It asks Refold nothing, and a state as
// it is stored takes much longer to read than the value that comes of it. So the former is only
// looked through where there is something to say about it.
func (s *server) UpgradeResourceState(ctx context.Context, request *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	places := s.known(ctx).resources[request.TypeName]
	response, err := s.next.UpgradeResourceState(ctx, request)
	if err != nil || len(response.Diagnostics) > 0 {
		s.meet(request, places, true)
	}
	if response != nil {
		s.meet(response, places, false)
		s.redact(response)
	}
	return response, s.redactError(err)
}

// redactError keeps an error that holds no secret as it is.
func (s *server) redactError(err error) error {
	if err == nil {
		return nil
	}
	if text := s.secrets.Redact(err.Error()); text != err.Error() {
		return errors.New(text)
	}
	return err
}

// meet adds the secrets in the values of a request or a response.
func (s *server) meet(message any, places *places, isRequest bool) {
	if places == nil {
		return
	}
	from := meeting{s.secrets, isRequest}
	for _, field := range reflect.ValueOf(message).Elem().Fields() {
		switch value := field.Interface().(type) {
		case *tfprotov6.DynamicValue:
			places.meetValue(value, from)
		case *tfprotov6.RawState:
			places.meetState(value, from)
		case []*tfprotov6.ImportedResource:
			for _, imported := range value {
				places.meetValue(imported.State, from)
			}
		}
	}
}

// redact redacts what a response says to people.
func (s *server) redact(response any) {
	for name, field := range reflect.ValueOf(response).Elem().Fields() {
		switch value := field.Interface().(type) {
		case []*tfprotov6.Diagnostic:
			s.redactDiagnostics(value)
		case *tfprotov6.FunctionError:
			if value != nil {
				value.Text = s.secrets.Redact(value.Text)
			}
		case string:
			if name.Name == "Error" {
				field.SetString(s.secrets.Redact(value))
			}
		}
	}
}

func (s *server) redactDiagnostics(diagnostics []*tfprotov6.Diagnostic) {
	for _, diagnostic := range diagnostics {
		diagnostic.Summary = s.secrets.Redact(diagnostic.Summary)
		diagnostic.Detail = s.secrets.Redact(diagnostic.Detail)
	}
}

// ListResource implements tfprotov6.ListResourceServer.
func (s *server) ListResource(ctx context.Context, request *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	s.meet(request, s.known(ctx).lists[request.TypeName], true)
	response, err := s.next.ListResource(ctx, request)
	if response != nil {
		response.Results = s.redactResults(response.Results, s.known(ctx).resources[request.TypeName])
	}
	return response, s.redactError(err)
}

func (s *server) redactResults(results iter.Seq[tfprotov6.ListResourceResult], places *places) iter.Seq[tfprotov6.ListResourceResult] {
	return func(yield func(tfprotov6.ListResourceResult) bool) {
		for result := range results {
			places.meetValue(result.Resource, meeting{secrets: s.secrets})
			s.redactDiagnostics(result.Diagnostics)
			if !yield(result) {
				return
			}
		}
	}
}

// InvokeAction implements tfprotov6.ActionServer.
func (s *server) InvokeAction(ctx context.Context, request *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	s.meet(request, s.known(ctx).actions[request.ActionType], true)
	response, err := s.next.InvokeAction(ctx, request)
	if response != nil {
		response.Events = s.redactEvents(response.Events)
	}
	return response, s.redactError(err)
}

func (s *server) redactEvents(events iter.Seq[tfprotov6.InvokeActionEvent]) iter.Seq[tfprotov6.InvokeActionEvent] {
	return func(yield func(tfprotov6.InvokeActionEvent) bool) {
		for event := range events {
			switch what := event.Type.(type) {
			case tfprotov6.ProgressInvokeActionEventType:
				event.Type = tfprotov6.ProgressInvokeActionEventType{Message: s.secrets.Redact(what.Message)}
			case tfprotov6.CompletedInvokeActionEventType:
				s.redactDiagnostics(what.Diagnostics)
			}
			if !yield(event) {
				return
			}
		}
	}
}
