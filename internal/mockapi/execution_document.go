// SPDX-License-Identifier: MPL-2.0

package mockapi

// PayloadMark stands wherever an execution shows what it worked on, and nowhere else.
const PayloadMark = "payload-of-a-customer"

func (rules ExecutionBehaviour) page(whole page) any {
	if !rules.HideTotal {
		return whole
	}
	return document{
		{"docs", whole.Docs}, {"limit", whole.Limit}, {"page", whole.Page},
		{"hasPrevPage", whole.HasPrevPage}, {"hasNextPage", whole.HasNextPage},
	}
}

// showExecution shows an execution with much that it worked on.
func (s *Server) showExecution(at place, one *executionRecord) document {
	b := &s.behaviour
	shown := document{
		{"_id", one.ID}, {"name", one.Name}, {"status", one.Status},
		{"linked_account_id", one.accountID}, {"config_id", one.accountID}, {"environment", at.environment}, {"org_id", at.organization},
		{"store_variables", document{{"last", PayloadMark}}}, {"linked_account_data", document{{"name", PayloadMark}}},
		{"custom_field_values", document{{"field", PayloadMark}}}, {"is_child_instance", false},
		{"type_of_execution", one.Type}, {"createdAt", b.showTime(one.CreatedAt)}, {"updatedAt", b.showTime(one.lastChange())},
	}
	if !one.CompletedAt.IsZero() {
		shown = append(shown, field{"completion_time", b.showTime(one.CompletedAt)})
	}
	if !b.Execution.HideSource {
		shown = append(shown, field{"execution_source", b.Execution.source(one.Source)})
	}
	shown = append(shown, b.Execution.showDuration(&one.Execution)...)
	return append(shown, s.showOrigin(at, &one.Execution)...)
}

func (rules ExecutionBehaviour) showDuration(one *Execution) document {
	switch {
	case rules.Duration == ShownDurationNull:
		return document{{"instance_execution_time", nil}}
	case rules.Duration == ShownDurationAbsent || one.Duration == "":
		return nil
	default:
		return document{{"instance_execution_time", one.Duration}}
	}
}

// showOrigin shows workflow and app, each where the execution has it.
func (s *Server) showOrigin(at place, one *Execution) document {
	rules, app := s.behaviour.Execution, App{}
	if known := s.app(at, one.Slug); known != nil {
		app = *known
	}
	var shown document
	switch {
	case one.WorkflowID == "" || rules.Workflow == ShownWorkflowAbsent:
	case rules.Workflow == ShownWorkflowText:
		shown = document{{"associated_workflow", one.WorkflowID}}
	default:
		shown = document{{"associated_workflow", document{{"_id", one.WorkflowID}, {"name", one.WorkflowName}, {"icon", app.Icon}}}}
	}
	if one.Slug == "" || rules.HideApplication {
		return shown
	}
	if app.AppID != "" {
		shown = append(shown, field{"custom_application_id", app.AppID})
	}
	return append(shown, field{"associated_trigger_application", document{{"name", app.Name}, {"slug", one.Slug}, {"icon", app.Icon}}})
}
