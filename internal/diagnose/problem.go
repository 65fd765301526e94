// SPDX-License-Identifier: MPL-2.0

package diagnose

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// Problem is an error or a warning that still knows its parts, so that a message about many objects
// can be put together of the problems that each of them met.
type Problem struct {
	diag.Diagnostic
	// What says what happened.
	What string
	// Next says what to do; it is empty where there is nothing to.
	Next string
	// Cause is the client's error behind the problem, nil where there is none.
	Cause error
}

// NewError makes an error of its parts.
func NewError(summary, what, next string) *Problem {
	return &Problem{Diagnostic: diag.NewErrorDiagnostic(summary, paragraphs(what, next)), What: what, Next: next}
}

// NewWarning makes a warning of its parts.
func NewWarning(summary, what, next string) *Problem {
	return &Problem{Diagnostic: diag.NewWarningDiagnostic(summary, paragraphs(what, next)), What: what, Next: next}
}

// At is the problem at an attribute, as Terraform shows it. It is no *Problem: appended to
// diagnostics as it is, that would lose its place.
func (p *Problem) At(attribute path.Path) diag.Diagnostic {
	return diag.WithPath(attribute, p.Diagnostic)
}

// About points the problem at an attribute, for a place in Problems.
func (p *Problem) About(attribute path.Path) *Problem {
	p.Diagnostic = p.At(attribute)
	return p
}

// AsWarning is the problem where it does not keep the operation from going on.
func (p *Problem) AsWarning() *Problem {
	return &Problem{Diagnostic: diag.NewWarningDiagnostic(p.Summary(), p.Detail()), What: p.What, Next: p.Next, Cause: p.Cause}
}

// InPlan is an error of a plan, which a destroy may have begun with.
func (p *Problem) InPlan() *Problem {
	return NewError(p.Summary(), p.What, paragraphs(p.Next, PlanBeforeDestroy))
}

// Equal implements diag.Diagnostic.
func (p *Problem) Equal(other diag.Diagnostic) bool {
	same, ok := other.(*Problem)
	return ok && p.Diagnostic.Equal(same.Diagnostic)
}

// Problems are what one operation met, in order.
type Problems []*Problem

// Of are those of one severity.
func (p Problems) Of(severity diag.Severity) Problems {
	return slices.DeleteFunc(slices.Clone(p), func(problem *Problem) bool { return problem.Severity() != severity })
}

// HasError reports whether one of them is an error.
func (p Problems) HasError() bool { return len(p.Of(diag.SeverityError)) > 0 }

// Diagnostics are the problems as Terraform shows them.
func (p Problems) Diagnostics() diag.Diagnostics {
	var diagnostics diag.Diagnostics
	for _, problem := range p {
		diagnostics.Append(problem.Diagnostic)
	}
	return diagnostics
}

func paragraphs(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), "\n\n")
}
